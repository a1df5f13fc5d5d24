//! Word documents.
use super::{Failure, Properties};
use crate::view::{BreakdownView, NoticeView, SheetView};
/// x
pub fn notice(_: &NoticeView, _: &Properties) -> Result<Vec<u8>, Failure> {
    Err(Failure("x".into()))
}
/// x
pub fn sheet(_: &SheetView, _: &Properties) -> Result<Vec<u8>, Failure> {
    Err(Failure("x".into()))
}
/// x
pub fn breakdown(_: &BreakdownView, _: &Properties) -> Result<Vec<u8>, Failure> {
    Err(Failure("x".into()))
}
