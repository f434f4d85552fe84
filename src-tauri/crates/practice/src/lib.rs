//! placeholder
#![allow(missing_docs)]
use std::path::PathBuf;
#[derive(Default)]
pub struct Options { pub root: PathBuf, pub seed: bool }
pub struct Practice;
#[derive(Debug, thiserror::Error)]
#[error("x")]
pub struct PracticeError;
impl Practice {
    pub async fn start(_: Options) -> Result<Self, PracticeError> { Err(PracticeError) }
    pub fn endpoint(&self) -> &str { "" }
    pub fn region(&self) -> &str { "" }
    pub fn access_key_id(&self) -> &str { "" }
    pub fn secret_access_key(&self) -> &str { "" }
}
