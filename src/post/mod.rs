//! What goes out: addresses and texts of messages. It never decides whom to tell; `app` does.

pub mod whatsapp;
