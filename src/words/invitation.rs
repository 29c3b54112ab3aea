//! The messages that staff send from their own phone. Personal: they are shown and sent, never stored.

use crate::texts;

texts! {
    /// A message to one graduate.
    pub enum Invite {
        Offer { name: String, job: String, employer: String, deadline: String, link: String } =
            "Halo {name}, ada penawaran kerja untuk Anda: {job} di {employer}. Mohon dijawab paling lambat {deadline} lewat halaman pribadi Anda: {link}"
            | "Hello {name}, there is a job offer for you: {job} at {employer}. Please answer by {deadline} on your personal page: {link}",
    }
}
