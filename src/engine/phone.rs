//! Telephone numbers, kept in one form.

/// An Indonesian (or foreign, if written with `+`) number in E.164 form.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone(String);

impl Phone {
    /// `0812-3456-7890`, `62812…`, `+62 812…` and `812…` are one number; `(0335) 421…` is a landline.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let kept: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\'' | '\u{a0}')).collect();
        let (plus, digits) = match kept.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, kept.as_str()),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let international = if plus {
            digits.strip_prefix("620").map_or_else(|| digits.to_owned(), |rest| format!("62{rest}"))
        } else if let Some(rest) = digits.strip_prefix("62") {
            format!("62{}", rest.strip_prefix('0').unwrap_or(rest))
        } else if let Some(rest) = digits.strip_prefix('0') {
            format!("62{rest}")
        } else if digits.starts_with('8') {
            format!("62{digits}")
        } else {
            return None;
        };
        let long_enough = (9..=15).contains(&international.len());
        (long_enough && !international.starts_with('0') && !international.starts_with("620")).then(|| Self(format!("+{international}")))
    }

    /// The E.164 form, `+628123456789`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether WhatsApp can reach it: Indonesian mobile numbers begin `+628`.
    #[must_use]
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with("+628")
    }

    /// The digits that follow `https://wa.me/`; `None` for a landline.
    #[must_use]
    pub fn whatsapp_digits(&self) -> Option<&str> {
        self.is_mobile().then(|| self.0.trim_start_matches('+'))
    }

    /// How a number is shown where it need not be dialled: `+62812****90`.
    #[must_use]
    pub fn masked(&self) -> String {
        let head = self.0.get(..6).unwrap_or("+62");
        let tail = self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default();
        format!("{head}****{tail}")
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Phone({})", self.masked())
    }
}
