//! A folder that gathers files: letters that nobody sends, exports that wait.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// Files of one kind, named by us; only the owner may look into it.
pub struct Folder {
    path: PathBuf,
    extension: &'static str,
}

impl Folder {
    /// Makes the folder if it is not there yet; fails with what to say.
    pub fn new(path: PathBuf, extension: &'static str) -> Result<Self, String> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&path);
        made.map_err(|error| format!("the folder {} cannot be made: {error}", path.display()))?;
        Ok(Self { path, extension })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file whole: nobody ever sees half of it. The same name again replaces it.
    pub async fn put(&self, name: &str, content: Vec<u8>) -> Result<(), String> {
        let path = self.path.join(format!("{name}.{}", self.extension));
        let write = move || {
            let half = path.with_extension("part");
            let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&half)?;
            file.write_all(&content)?;
            file.sync_all()?;
            std::fs::rename(half, path)
        };
        let written = tokio::task::spawn_blocking(write).await.map_err(|error| error.to_string())?;
        written.map_err(|error| format!("{}: {error}", self.path.display()))
    }
}
