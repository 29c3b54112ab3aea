//! What goes out: messages to people and to other systems. It never decides whom to tell; `app` does.

pub mod whatsapp;
