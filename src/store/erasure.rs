//! What goes when a person's data is erased, beyond the person's own row.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::engine::id::{GraduateId, OfficeId, PersonId};
use crate::store::entity::{evidence_file, import_job, import_row, match_list_entry, note, offer, placement, referral};
use crate::store::error::StoreError;

/// Drops an office's notes on a person and empties its files, the inputs of frozen lists (rank and score stay), what was
/// told for referrals, free texts, imported lines and the reports that quote them.
pub async fn drop_sealed(db: &impl ConnectionTrait, office: OfficeId, graduate: GraduateId, person: PersonId) -> Result<(), StoreError> {
    note::Entity::delete_many().filter(note::Column::OfficeId.eq(office)).filter(note::Column::PersonId.eq(person)).exec(db).await?;
    evidence_file::Entity::update_many()
        .col_expr(evidence_file::Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(evidence_file::Column::OfficeId.eq(office))
        .filter(evidence_file::Column::PersonId.eq(person))
        .exec(db)
        .await?;
    match_list_entry::Entity::update_many()
        .col_expr(match_list_entry::Column::InputsSealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(match_list_entry::Column::GraduateId.eq(graduate))
        .exec(db)
        .await?;
    referral::Entity::update_many()
        .col_expr(referral::Column::AdaptationSealed, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(referral::Column::ReasonText, Expr::value(Option::<String>::None))
        .filter(referral::Column::GraduateId.eq(graduate))
        .exec(db)
        .await?;
    offer::Entity::update_many()
        .col_expr(offer::Column::ReasonText, Expr::value(Option::<String>::None))
        .filter(offer::Column::GraduateId.eq(graduate))
        .exec(db)
        .await?;
    placement::Entity::update_many()
        .col_expr(placement::Column::ReasonText, Expr::value(Option::<String>::None))
        .filter(placement::Column::GraduateId.eq(graduate))
        .exec(db)
        .await?;
    import_row::Entity::update_many()
        .col_expr(import_row::Column::Sealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(import_row::Column::TargetId.eq(graduate.0))
        .exec(db)
        .await?;
    // The report of an import quotes rows; it goes as a whole, its counts stay.
    let mut quoting = Query::select();
    quoting.column(import_row::Column::ImportId).from(import_row::Entity).and_where(import_row::Column::TargetId.eq(graduate.0));
    import_job::Entity::update_many()
        .col_expr(import_job::Column::ReportSealed, Expr::value(Option::<Vec<u8>>::None))
        .filter(import_job::Column::Id.in_subquery(quoting))
        .exec(db)
        .await?;
    Ok(())
}
