//! How closed lists are written into stored documents: by their codes.

/// For `#[serde(with = "…")]` on a closed list.
pub(super) mod coded {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::engine::coded::Coded;

    pub(in crate::app::allocation) fn serialize<T: Coded, S: Serializer>(member: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(member.coded())
    }

    pub(in crate::app::allocation) fn deserialize<'de, T: Coded, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        let member = T::all().iter().copied().find(|member| member.coded() == code);
        member.ok_or_else(|| de::Error::custom(format!("no such code: {code}")))
    }
}
