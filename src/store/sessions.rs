//! Sign-ins and personal links, found by the hash of their token.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use crate::engine::id::{AccountId, GraduateId, SessionId};
use crate::store::entity::session;
use crate::store::error::StoreError;

/// The session of a token hash, whatever its state.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<session::Model>, StoreError> {
    Ok(session::Entity::find().filter(session::Column::TokenHash.eq(hash.to_vec())).one(db).await?)
}

/// The newest personal link of a graduate that is still good.
pub async fn live_link(db: &impl ConnectionTrait, graduate: GraduateId, now: DateTime<Utc>) -> Result<Option<session::Model>, StoreError> {
    let query = session::Entity::find()
        .filter(session::Column::Kind.eq("link"))
        .filter(session::Column::GraduateId.eq(graduate))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now));
    Ok(query.order_by_desc(session::Column::Id).one(db).await?)
}

/// Revokes every session of an account.
pub async fn revoke_account(db: &impl ConnectionTrait, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let live = session::Column::AccountId.eq(account).and(session::Column::RevokedAt.is_null());
    session::Entity::update_many().col_expr(session::Column::RevokedAt, now.into()).filter(live).exec(db).await?;
    Ok(())
}

/// Revokes every personal link of a graduate.
pub async fn revoke_links(db: &impl ConnectionTrait, graduate: GraduateId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let live = session::Column::GraduateId.eq(graduate).and(session::Column::RevokedAt.is_null());
    session::Entity::update_many().col_expr(session::Column::RevokedAt, now.into()).filter(live).exec(db).await?;
    Ok(())
}

/// Revokes one session.
pub async fn revoke(db: &impl ConnectionTrait, id: SessionId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let this = session::Column::Id.eq(id).and(session::Column::RevokedAt.is_null());
    session::Entity::update_many().col_expr(session::Column::RevokedAt, now.into()).filter(this).exec(db).await?;
    Ok(())
}
