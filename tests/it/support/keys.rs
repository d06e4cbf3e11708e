//! Signing keys are slow to make, so all tests of a run share one set.

use std::sync::OnceLock;

use signet::app::App;
use signet::crypto::envelope::MasterKey;
use signet::crypto::jose::KeyPair;
use signet::model::TenantId;
use signet::model::key::SigningKey;
use signet::spec::client_meta::Alg;
use signet::store::signing_key;

use super::START;

static MASTER: OnceLock<MasterKey> = OnceLock::new();
static ROWS: OnceLock<Vec<SigningKey>> = OnceLock::new();

pub fn master_key() -> &'static MasterKey {
    MASTER.get_or_init(MasterKey::random)
}

/// A current and a next key of each algorithm, as the first start makes them.
fn rows() -> &'static [SigningKey] {
    ROWS.get_or_init(|| {
        let row = |(alg, generation): (Alg, i32)| {
            let pair = KeyPair::generate(alg).unwrap();
            SigningKey {
                tenant_id: TenantId::default_one(),
                private_jwk: master_key().seal(&SigningKey::place(&pair.kid), pair.private.as_bytes()).unwrap(),
                kid: pair.kid,
                alg,
                generation,
                created_at: START,
                known_at: START,
                active_at: (generation == 1).then_some(START),
            }
        };
        Alg::ALL.iter().flat_map(|alg| [(*alg, 1), (*alg, 2)]).map(row).collect()
    })
}

pub async fn insert(app: &App) {
    app.db
        .write(async |tx| {
            for row in rows() {
                signing_key::insert(tx, row).await?;
            }
            Ok::<_, signet::store::Error>(())
        })
        .await
        .unwrap();
    app.reload_keys().await.unwrap();
}
