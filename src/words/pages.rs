//! Sentences of the few pages that are not the API.

use crate::texts;

texts! {
    /// Words of plain pages.
    pub enum PageWords {
        SetPassword = "Buat kata sandi" | "Set your password",
        NewPassword { least: usize } = "Kata sandi baru (paling sedikit {least} huruf)" | "New password (at least {least} characters)",
        Save = "Simpan" | "Save",
        PasswordSet = "Kata sandi tersimpan" | "Password saved",
        PasswordSetHint = "Anda dapat masuk dengan nama pengguna dan kata sandi baru." | "You can sign in with your login and the new password.",
        Welcome = "Serap" | "Serap",
        WelcomeText = "Mencocokkan lulusan pelatihan bersertifikat dengan lowongan, dan menghitung dengan jujur siapa yang terserap."
            | "Matches certified graduates of training to vacancies, and counts honestly who was absorbed.",
        ApiDocs = "Dokumentasi API" | "API documentation",
        Broken = "Maaf, ada kesalahan di pihak kami" | "Sorry, something went wrong on our side",
        BrokenHint = "Muat ulang halaman ini sebentar lagi. Bila tetap begini, hubungi kantor." | "Reload this page in a moment. If it stays so, call the office.",
    }
}
