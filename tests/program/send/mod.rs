//! `yinfa send`, `ledger` and `receipt`: packets in outbox/, mail through real servers, and a
//! ledger that knows about all of it.

mod built;
mod dialogue;
mod docs;
mod documents;
mod faults;
mod ledger;
mod mail;
mod mta;
mod outbox;
mod refusals;
mod secure;
mod server;

pub(crate) use built::{change_ledger, project as sendable};
