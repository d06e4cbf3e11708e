//! A ZIP archive that is put away in sealed parts while it is written.

use std::io::Write;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, StreamWriter};

use crate::app::Cx;
use crate::flow::{Result, job as jobs};
use crate::model::BlobId;
use crate::model::blob::{Blob, Kind, PART, Part};
use crate::model::job::Job;
use crate::model::user::User;
use crate::store::blob;

/// What has left the archive and is not put away yet. The archive holds the other end.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self, least: usize) -> Option<Vec<u8>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.is_empty() || waiting.len() < least {
            return None;
        }
        let end = waiting.len().min(PART);
        let rest = waiting.split_off(end);
        Some(mem::replace(&mut *waiting, rest))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub struct Archive<'a> {
    cx: Cx<'a>,
    job: Job,
    blob: Blob,
    zip: Box<ZipWriter<StreamWriter<Pipe>>>,
    pipe: Pipe,
    /// Of the next part.
    number: i32,
}

impl<'a> Archive<'a> {
    /// Begins one in the place of what another try of the job has begun.
    pub async fn begin(cx: Cx<'a>, mut job: Job, user: &User) -> Result<Self> {
        let blob = blob(cx, user);
        let broken = job.result.replace(blob.id.to_string()).map(BlobId);
        (job.done, job.position) = (0, String::new());
        let begun = cx.app.db.write(async |tx| {
            if let Some(broken) = broken {
                blob::delete(tx, cx.tenant, &broken).await?;
            }
            blob::insert(tx, &blob).await?;
            jobs::go_on(cx, tx, &job).await
        });
        begun.await?;
        let pipe = Pipe::default();
        Ok(Self { cx, job, blob, zip: Box::new(ZipWriter::new_stream(pipe.clone())), pipe, number: 0 })
    }

    /// A file as a whole.
    pub async fn json(&mut self, name: &str, value: &(impl Serialize + Sync)) -> Result<()> {
        let text = serde_json::to_vec_pretty(value)?;
        self.start(name)?;
        self.write(&text)?;
        self.step().await
    }

    pub fn start(&mut self, name: &str) -> Result<()> {
        Ok(self.zip.start_file(name, SimpleFileOptions::default())?)
    }

    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.zip.write_all(bytes).map_err(ZipError::from)?)
    }

    /// Puts away what fills parts, and keeps the job.
    pub async fn step(&mut self) -> Result<()> {
        self.job.done += 1;
        self.put_away(PART).await
    }

    async fn put_away(&mut self, least: usize) -> Result<()> {
        loop {
            let bytes = self.pipe.take(least);
            let part = match &bytes {
                Some(bytes) => Some(self.part(bytes)?),
                None => None,
            };
            let kept = self.cx.app.db.write(async |tx| {
                if let Some(part) = &part {
                    blob::insert_part(tx, part).await?;
                }
                jobs::go_on(self.cx, tx, &self.job).await
            });
            kept.await?;
            if bytes.is_none() {
                return Ok(());
            }
        }
    }

    fn part(&mut self, bytes: &[u8]) -> Result<Part> {
        let number = self.number;
        self.number += 1;
        self.blob.size += i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sealed = self.cx.app.master_key.seal(&Part::place(&self.blob.id, number), bytes)?;
        Ok(Part { tenant_id: self.cx.tenant.clone(), blob_id: self.blob.id.clone(), number, bytes: sealed })
    }

    /// All of it is put away; the job, and the file as it has to be noted.
    pub async fn finish(mut self) -> Result<(Job, Blob)> {
        self.close()?;
        self.put_away(1).await?;
        Ok((self.job, self.blob))
    }

    /// Writes the list of files, which stands at the end.
    fn close(&mut self) -> Result<()> {
        let nothing = Box::new(ZipWriter::new_stream(Pipe::default()));
        mem::replace(&mut self.zip, nothing).finish()?;
        Ok(())
    }
}

/// Until it is whole, it goes by itself as soon as a whole one would.
fn blob(cx: Cx<'_>, user: &User) -> Blob {
    Blob {
        tenant_id: cx.tenant.clone(),
        id: BlobId::random(),
        kind: Kind::Export,
        user_id: user.id.clone(),
        content_type: "application/zip".to_owned(),
        size: 0,
        created_at: cx.now,
        expires_at: Some(cx.now.plus(cx.config().account.export_ttl)),
    }
}
