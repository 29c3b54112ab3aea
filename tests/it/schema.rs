//! The schema and the entities agree: every column of every table is read on both databases.

use sea_orm::EntityTrait as _;
use serap::store::entity;

use crate::on_both;
use crate::support::jobs::store;

macro_rules! read_every {
    ($database:expr; $($table:ident)+) => {$(
        let rows = entity::$table::Entity::find().all($database.reader()).await;
        assert!(rows.is_ok(), "{}: {rows:?}", stringify!($table));
    )+};
}

on_both! {
    async fn every_table_can_be_read(world: &World) {
        let database = store(world).await;
        read_every! { database;
            account allocation allocation_seat attendance audit audit_seal batch certificate certificate_unit change_log claimed_unit class_plan class_request closed_period commitment confirmation consent duplicate_proposal employer employer_block employer_site employer_wish esco_concept esco_link esco_relation evidence_file follow_up graduate handover idempotency import_job import_row lease login_attempt match_list match_list_entry match_row merge_record minimum_wage note number_series offer office outbox outcome_event participant partnership person placement policy programme programme_unit read_log referral region requirement scheme session setting unit unit_link unit_result vacancy
        }
        database.close().await.expect("the database closes");
    }
}
