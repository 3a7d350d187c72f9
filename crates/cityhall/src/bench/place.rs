//! The folder in which everything is made that is measured, removed when it is no longer needed.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// A folder of this run's own.
pub struct Place {
    folder: PathBuf,
}

impl Place {
    /// Makes a folder inside another, by default the one for temporary files.
    pub fn make(inside: Option<&Path>) -> Result<Place> {
        let inside = inside.map_or_else(std::env::temp_dir, Path::to_owned);
        let folder = inside.join(format!("cityhall-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(Place { folder })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The address of the record.
    pub fn database(&self) -> String {
        format!("sqlite:{}", self.folder.join("record.db").display())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
