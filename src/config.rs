//! Settings from flags and environment; each flag has its variable, so a service file can set them.

use std::path::PathBuf;

use clap::Args;

use crate::app::installation::Place;
use crate::store::database::Database;

/// Where the data of a command lives.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// Folder of the embedded database and the key file.
    #[arg(long, env = "SERAP_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// PostgreSQL (or SQLite) address in place of the embedded database.
    #[arg(long, env = "SERAP_DATABASE", value_name = "URL", hide_env_values = true)]
    pub database: Option<String>,
    /// Key file; by default `serap.key` in the data folder.
    #[arg(long, env = "SERAP_KEY_FILE", value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// How links to this installation begin.
    #[arg(long, env = "SERAP_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
}

impl DataArgs {
    /// The address of the embedded database in a folder.
    #[must_use]
    pub fn url_in(folder: &std::path::Path) -> String {
        Database::url_in(folder)
    }

    /// The place of an installation that must be there already: a mistyped folder is an error, not a new installation.
    pub fn existing_place(&self, default_folder: &str) -> anyhow::Result<Place> {
        let place = self.place_of(default_folder, "127.0.0.1:8080");
        if let Some(file) = place.database_file() {
            anyhow::ensure!(file.exists(), "there is no installation at {}; name its folder with --data", file.display());
        }
        Ok(place)
    }

    /// The place these settings name; the folder is made if it is missing.
    pub fn place(&self, default_folder: &str, address: &str) -> std::io::Result<Place> {
        let place = self.place_of(default_folder, address);
        std::fs::create_dir_all(self.folder(default_folder))?;
        Ok(place)
    }

    fn folder(&self, default_folder: &str) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from(default_folder))
    }

    fn place_of(&self, default_folder: &str, address: &str) -> Place {
        let folder = self.folder(default_folder);
        Place {
            database_url: self.database.clone().unwrap_or_else(|| Database::url_in(&folder)),
            key_file: self.key_file.clone().unwrap_or_else(|| folder.join("serap.key")),
            snapshot_file: Some(folder.join("match-index.snapshot")),
            public_url: self.public_url.clone().unwrap_or_else(|| format!("http://{address}")),
        }
    }
}
