//! Clients in memory: read once, kept until one of them changes anywhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use quick_cache::sync::Cache;

use super::Cx;
use crate::model::ClientId;
use crate::model::client::Client;
use crate::store::{self, client};

const MOST: usize = 10_000;
/// An id of ours is 36 characters; nothing longer is looked for.
const LONGEST_ID: usize = 64;

pub struct Clients {
    kept: Cache<String, Arc<Client>>,
    /// Counts how often all was forgotten: what was read before does not get in afterwards.
    generation: AtomicU64,
}

impl Default for Clients {
    fn default() -> Self {
        Self { kept: Cache::new(MOST), generation: AtomicU64::new(0) }
    }
}

impl Clients {
    /// The client, from memory if it is there. Unknown ones are asked for each time: they cost one point read.
    pub async fn find(&self, cx: Cx<'_>, id: &str) -> store::Result<Option<Arc<Client>>> {
        if id.len() > LONGEST_ID {
            return Ok(None);
        }
        if let Some(client) = self.kept.get(id) {
            return Ok(Some(client));
        }
        let generation = self.generation.load(SeqCst);
        let found = client::find(&mut cx.app.db.conn().await?, cx.tenant, &ClientId::from(id)).await?.map(Arc::new);
        if let Some(client) = &found {
            self.kept.insert(id.to_owned(), client.clone());
            if self.generation.load(SeqCst) != generation {
                self.kept.remove(id);
            }
        }
        Ok(found)
    }

    /// Forgets all: something changed.
    pub fn clear(&self) {
        self.generation.fetch_add(1, SeqCst);
        self.kept.clear();
    }
}
