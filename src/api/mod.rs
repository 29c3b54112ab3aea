//! The JSON API: one file a resource, its wire types beside its handlers.
//!
//! A handler reads the request, calls one use case and writes the answer; its permission stands in its signature.
//! Nothing here sees the store or decides anything.

pub mod accounts;
pub mod adverts;
pub mod allocation_in;
pub mod allocation_out;
mod allocation_shown;
pub mod allocations;
pub mod answer;
pub mod authentication;
pub mod batches;
pub mod certificates;
pub mod class_plans;
pub mod class_requests;
pub mod commitments;
pub mod competencies;
pub mod competency_gap;
pub mod consents;
pub mod document;
pub mod duplicates;
pub mod employers;
pub mod esco_links;
pub mod exports;
pub mod extract;
pub mod faces;
pub mod files;
pub mod follow_ups;
pub mod graduates;
pub mod imports;
pub mod language;
pub mod list;
pub mod match_lists;
pub mod matches;
pub mod notes;
pub mod occupations;
pub mod offers;
pub mod offices;
pub mod other_reports;
pub mod outcomes;
pub mod participants;
pub mod periods;
pub mod placements;
pub mod policies;
pub mod problem;
pub mod programmes;
pub mod referrals;
pub mod regions;
pub mod report_wire;
pub mod reports;
pub mod results;
pub mod schemes;
pub mod sessions;
pub mod span;
pub mod timeline;
pub mod trail;
pub mod upload;
pub mod vacancies;
pub mod vacancy_extract;
pub mod vacancy_in;
pub mod vacancy_out;
pub mod wire;
pub mod wishes;

use utoipa_actix_web::service_config::ServiceConfig;

/// Every operation of the API.
pub fn configure(service: &mut ServiceConfig<'_>) {
    sessions::configure(service);
    offices::configure(service);
    accounts::configure(service);
    programmes::configure(service);
    batches::configure(service);
    graduates::configure(service);
    wishes::configure(service);
    consents::configure(service);
    certificates::configure(service);
    notes::configure(service);
    files::configure(service);
    duplicates::configure(service);
    employers::configure(service);
    commitments::configure(service);
    // Before the vacancies, whose `{id}` would take `read` for an id.
    adverts::configure(service);
    vacancies::configure(service);
    competencies::configure(service);
    esco_links::configure(service);
    schemes::configure(service);
    regions::configure(service);
    occupations::configure(service);
    referrals::configure(service);
    offers::configure(service);
    placements::configure(service);
    outcomes::configure(service);
    follow_ups::configure(service);
    reports::configure(service);
    periods::configure(service);
    other_reports::configure(service);
    competency_gap::configure(service);
    class_requests::configure(service);
    class_plans::configure(service);
    vacancy_extract::configure(service);
    exports::configure(service);
    timeline::configure(service);
    trail::configure(service);
    imports::configure(service);
    matches::configure(service);
    match_lists::configure(service);
    policies::configure(service);
    allocations::configure(service);
}
