//! `yinfa send`, `ledger` and `receipt`: packets in outbox/, mail through real servers, and a
//! ledger that knows about all of it.

mod built;
mod ledger;
mod outbox;
mod refusals;
