//! Programmes, batches and their participants.
