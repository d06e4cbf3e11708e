//! Where the master key comes from: configuration, file, or made at the first start.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use crate::config;
use crate::crypto::envelope::MasterKey;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("keys.master_key: {0}. Make one with: head -c 32 /dev/urandom | basenc --base64url | tr -d =")]
    Setting(crate::crypto::envelope::Error),
    #[error("the master key file {path}: {source}")]
    File { path: String, source: std::io::Error },
    #[error("the master key file {path}: {source}. Put the right file back in its place")]
    Content { path: String, source: crate::crypto::envelope::Error },
    #[error("the master key file {path} may be read by others (mode {mode:o}): chmod 600 {path}")]
    Mode { path: String, mode: u32 },
}

/// Reads the key; `None` when there is neither a setting nor a file.
pub fn read(settings: &config::Keys) -> Result<Option<MasterKey>, Error> {
    if !settings.master_key.is_empty() {
        return MasterKey::parse(&settings.master_key).map(Some).map_err(Error::Setting);
    }
    let path = &settings.master_key_file;
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(Error::File { path: path.clone(), source }),
    };
    let mode = fs::metadata(path).map_err(|source| Error::File { path: path.clone(), source })?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Error::Mode { path: path.clone(), mode: mode & 0o777 });
    }
    MasterKey::parse(&text).map(Some).map_err(|source| Error::Content { path: path.clone(), source })
}

/// Makes a key and its file. Of two processes that start at once, one makes it and the other reads it.
pub fn create(settings: &config::Keys) -> Result<MasterKey, Error> {
    let path = &settings.master_key_file;
    let failed = |source| Error::File { path: path.clone(), source };
    let key = MasterKey::random();
    // written beside and then linked, so that nobody ever reads half a key
    let draft = format!("{path}.{}", std::process::id());
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).map_err(failed)?;
    file.write_all(key.text().as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft).map_err(failed)?;
    match linked {
        Ok(()) => {
            sync_folder(Path::new(path)).map_err(failed)?;
            Ok(key)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => read(settings)?.map_or(Ok(key), Ok),
        Err(source) => Err(failed(source)),
    }
}

fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    fs::File::open(folder)?.sync_all()
}
