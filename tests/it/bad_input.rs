//! Wrong records.
