//! Allocation over HTTP: the ways side by side, the office's rules, choosing, and what follows.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, send, text};
use crate::support::jobs::{Partner, items, link, partner, token, vacancy};
use crate::support::people::{batch, certify};
use crate::support::vacancy::OVERLOCK;
use crate::support::world::World;

/// A class of certified people. Answers the batch and their ids, by name.
async fn class(world: &World, names: &[&str]) -> (String, Vec<String>) {
    let made = batch(&world.staff, 16, 0).await;
    let mut people = Vec::new();
    for name in names {
        people.push(joined(world, text(&made, "id"), name, true).await);
    }
    (text(&made, "id").to_owned(), people)
}

/// One more person in a class. Answers the id.
async fn joined(world: &World, batch: &str, name: &str, certified: bool) -> String {
    let person = json!({"name": name, "phone": "0812-3456-7890", "birth_date": "2001-08-17", "district": "35.13.17"});
    let place = world.staff.post(&format!("/batches/{batch}/participants"), json!({"graduate": person})).await.expect(201);
    let id = text(&place["graduate"], "id").to_owned();
    if certified {
        certify(&world.staff, &json!({"id": id}), &format!("LSP/{name}/2026")).await;
    }
    id
}

/// A vacancy that asks for the unit that everybody of the class holds.
async fn sewing(world: &World, firm: &Partner, positions: i64, title: &str) -> String {
    vacancy(world, firm, positions, json!({"title": title, "requirements": [{"unit": OVERLOCK}]})).await
}

async fn allocated(client: &Client, body: Value) -> Value {
    client.post("/allocations", body).await.expect(201)
}

/// Who goes where, in the order of some people.
fn seats(plan: &Value, people: &[String]) -> Vec<Option<String>> {
    let all = plan["assignments"].as_array().expect("assignments");
    let seat = |id: &String| all.iter().find(|one| text(one, "graduate_id") == id).map(|one| text(one, "vacancy_id").to_owned());
    people.iter().map(seat).collect()
}

fn reason<'a>(plan: &'a Value, graduate: &str) -> &'a Value {
    plan["unplaced"].as_array().expect("unplaced").iter().find(|one| text(one, "graduate_id") == graduate).expect("somebody without a seat")
}

/// The three people and three firms of case H9, with their wishes.
async fn case_h9(world: &World) -> (Vec<String>, Vec<String>, Value) {
    let (batch, people) = class(world, &["Satu", "Dua", "Tiga"]).await;
    let (mut firms, mut jobs) = (Vec::new(), Vec::new());
    for name in ["firma", "firmb", "firmc"] {
        let firm = partner(world, name).await;
        jobs.push(sewing(world, &firm, 1, name).await);
        firms.push(firm.id);
    }
    for (person, wished) in people.iter().zip([vec![0], vec![0, 1], vec![1, 2]]) {
        let wished: Vec<&str> = wished.iter().map(|firm: &usize| firms[*firm].as_str()).collect();
        let path = format!("/graduates/{person}/wishes");
        world.staff.put(&path, json!({"ranked_employers": wished})).await.expect(200);
    }
    let ranked = |job: usize, whom: &[usize]| json!({"vacancy_id": jobs[job], "graduate_ids": whom.iter().map(|one| &people[*one]).collect::<Vec<_>>()});
    let body = json!({
        "batch_ids": [batch], "vacancy_ids": jobs, "objective": "maximum", "unranked": "not_acceptable",
        "rankings": [ranked(0, &[1, 0]), ranked(1, &[2, 1]), ranked(2, &[2])],
    });
    (people, jobs, body)
}

on_both! {
    async fn case_h9_both_ways_with_the_price_of_each(world: &World) {
        let (people, jobs, body) = case_h9(world).await;
        let plan = allocated(&world.staff, body).await;
        assert_eq!((plan["placed"].as_u64(), plan["objection_count"].as_u64()), (Some(3), Some(2)), "{plan}");
        assert_eq!(seats(&plan, &people), [Some(jobs[0].clone()), Some(jobs[1].clone()), Some(jobs[2].clone())]);
        assert_eq!(plan["details"]["proof"]["verified"], true);
        let objectors: Vec<_> = plan["objections"].as_array().expect("objections").iter().map(|one| text(one, "graduate_id")).collect();
        let mut expected = vec![people[1].as_str(), people[2].as_str()];
        expected.sort_unstable();
        assert_eq!(objectors, expected);
        let stable = world.staff.get(&format!("/allocations/{}?way=stable_graduates", text(&plan, "id"))).await.expect(200);
        assert_eq!((stable["placed"].as_u64(), stable["objection_count"].as_u64()), (Some(2), Some(0)));
        assert_eq!(seats(&stable, &people), [None, Some(jobs[0].clone()), Some(jobs[1].clone())]);
        let ways: Vec<_> = plan["comparison"]["ways"].as_array().expect("ways").iter().map(|way| (text(way, "way"), way["placed"].as_u64().expect("a count"))).collect();
        assert_eq!(ways, [("maximum", 3), ("stable_graduates", 2)]);
        assert_eq!(plan["comparison"]["ways"][0]["name"], "terbanyak ditempatkan");
        assert_eq!(plan["comparison"]["differences"].as_array().expect("differences").len(), 3);
    }

    async fn case_h11_full_vacancies_and_classes_without_certificates_are_named(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, people) = class(world, &["Ani", "Budi"]).await;
        let full = sewing(world, &firm, 1, "Penuh").await;
        world.staff.post("/placements", json!({"vacancy_id": full, "graduate_id": people[0], "starts_on": "2026-12-15"})).await.expect(201);
        let open = sewing(world, &firm, 2, "Ada").await;
        let draft = world.staff.post("/vacancies", json!({
            "employer_id": firm.id, "title": "Konsep", "positions": 1, "district": "35.13.17", "starts_on": "2026-12-14",
            "closes_on": "2026-12-31", "wage_min": 3_000_000, "wage_max": 3_200_000, "requirements": []})).await.expect(201);
        let gone = sewing(world, &firm, 1, "Ditarik").await;
        world.staff.post(&format!("/vacancies/{gone}/withdraw"), json!({"reason": "salah_input"})).await.expect(200);
        let empty = crate::support::people::batch(&world.staff, 16, 0).await;
        let green = crate::support::people::batch(&world.staff, 16, 0).await;
        joined(world, text(&green, "id"), "Belum", false).await;
        let body = json!({"batch_ids": [batch, empty["id"], green["id"]], "vacancy_ids": [full, open, draft["id"], gone], "objective": "maximum"});
        let plan = allocated(&world.staff, body).await;
        assert_eq!(seats(&plan, &people), [None, Some(open)]);
        let why = |id: &str| {
            let all = plan["skipped"].as_array().expect("skipped");
            let found = all.iter().find(|one| one["vacancy_id"] == id || one["batch_id"] == id);
            found.map(|one| (text(one, "reason").to_owned(), text(one, "message").to_owned())).unwrap_or_default()
        };
        assert_eq!(why(&full), ("full".to_owned(), "penuh".to_owned()));
        assert_eq!(why(text(&draft, "id")).0, "not_published");
        assert_eq!(why(&gone).0, "withdrawn");
        assert_eq!(why(text(&empty, "id")).0, "empty");
        assert_eq!(why(text(&green, "id")).0, "nobody_certified");
        assert_eq!((text(&plan["held"][0], "graduate_id"), text(&plan["held"][0], "by")), (people[0].as_str(), "placement"));
    }

    async fn contradictory_rules_are_refused_by_field_and_nothing_is_kept(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, people) = class(world, &["Ani", "Budi", "Cici"]).await;
        let (one, two) = (sewing(world, &firm, 1, "Satu").await, sewing(world, &firm, 2, "Dua").await);
        let pair = |person: usize, job: &str| json!({"graduate_id": people[person], "vacancy_id": job});
        let asked = |fixed: Value, other: Value| {
            let mut body = json!({"batch_ids": [batch], "vacancy_ids": [one, two], "objective": "stable", "fixed": fixed});
            for (field, value) in other.as_object().expect("fields") {
                body[field] = value.clone();
            }
            body
        };
        let stranger = "0197a000-0000-7000-8000-000000000000";
        let refused = async |body: Value, pointer: &str, code: &str| world.staff.post("/allocations", body).await.field(pointer, code);
        refused(asked(json!([pair(0, &one), pair(0, &two)]), json!({})), "/fixed/1", "fixed_twice").await;
        refused(asked(json!([pair(0, &one), pair(1, &one)]), json!({})), "/fixed/1", "fixed_no_seat").await;
        refused(asked(json!([pair(0, &one), pair(1, &two)]), json!({"most_per_partner": 1})), "/fixed/1", "fixed_over_limit").await;
        refused(asked(json!([{"graduate_id": stranger, "vacancy_id": one}]), json!({})), "/fixed/0", "not_in_allocation").await;
        refused(asked(json!([]), json!({"friends": [[people[0], people[0]]]})), "/friends/0", "friend_of_oneself").await;
        refused(asked(json!([]), json!({"must_fill": [stranger]})), "/must_fill/0", "not_in_allocation").await;
        refused(asked(json!([]), json!({"minimum_score": 101})), "/minimum_score", "number_out_of_range").await;
        refused(asked(json!([]), json!({"vacancy_ids": [stranger]})), "/vacancy_ids/0", "not_found").await;
        refused(json!({"batch_ids": [], "objective": "maximum"}), "/batch_ids", "field_missing").await;
        refused(json!({"batch_ids": [stranger], "objective": "maximum"}), "/batch_ids/0", "not_found").await;
        assert_eq!(items(&world.staff, "/allocations").await.len(), 0);
        let plan = allocated(&world.staff, asked(json!([pair(2, &one)]), json!({}))).await;
        assert_eq!(seats(&plan, &people)[2], Some(one));
        assert_eq!(plan["held"][0]["by"], "fixed");
    }

    async fn limits_and_the_least_score_hold_and_reasons_are_told(world: &World) {
        let (firm, other) = (partner(world, "mitra").await, partner(world, "lain").await);
        let (batch, people) = class(world, &["Ani", "Budi", "Cici", "Dedi"]).await;
        let lacking = joined(world, &batch, "Eka", true).await;
        let wide = sewing(world, &firm, 4, "Luas").await;
        let asked = json!([{"unit": "GAR.CM02.008.01"}]);
        let special = vacancy(world, &other, 1, json!({"title": "Khusus", "requirements": asked})).await;
        let body = json!({"batch_ids": [batch], "vacancy_ids": [wide, special], "objective": "maximum", "partner_limits": [{"employer_id": firm.id, "most": 2}]});
        let plan = allocated(&world.staff, body).await;
        assert_eq!(plan["placed"], 2, "{plan}");
        let unplaced = plan["unplaced"].as_array().expect("unplaced");
        assert!(unplaced.len() == 3 && unplaced.iter().all(|one| text(one, "reason") == "partner_limit"), "{plan}");
        let empty = &plan["empty_seats"];
        let why = |job: &str| empty.as_array().expect("seats").iter().find(|one| text(one, "vacancy_id") == job).map(|one| text(one, "reason").to_owned());
        assert_eq!(why(&wide).as_deref(), Some("partner_limit"));
        assert_eq!(why(&special).as_deref(), Some("nobody_eligible"));
        let only = json!({"batch_ids": [batch], "vacancy_ids": [special], "objective": "maximum"});
        let plan = allocated(&world.staff, only).await;
        let told = reason(&plan, &lacking);
        assert_eq!((text(told, "reason"), told["units"][0].as_str()), ("required_unit_missing", Some("GAR.CM02.008.01")));
        assert!(text(told, "message").contains("Kurang unit GAR.CM02.008.01"));
        let high = json!({"batch_ids": [batch], "vacancy_ids": [wide], "objective": "maximum", "minimum_score": 100});
        let plan = allocated(&world.staff, high).await;
        assert_eq!((plan["placed"].as_u64(), text(reason(&plan, &people[0]), "reason")), (Some(0), "below_minimum"));
    }

    async fn a_plan_is_chosen_once_and_becomes_offers_and_its_reserve_moves_up(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, people) = class(world, &["Ani", "Budi", "Cici", "Dedi"]).await;
        let job = sewing(world, &firm, 2, "Operator").await;
        let plan = allocated(&world.staff, json!({"batch_ids": [batch], "objective": "maximum"})).await;
        let path = format!("/allocations/{}", text(&plan, "id"));
        let waiting: Vec<String> = plan["reserves"][0]["graduate_ids"].as_array().expect("ids").iter().map(|id| id.as_str().expect("an id").to_owned()).collect();
        assert_eq!(waiting.len(), 2);
        let told = text(reason(&plan, &waiting[0]), "message").to_owned();
        assert!(told.contains("4 orang untuk 2 kursi"), "{told}");
        assert!(!reason(&plan, &waiting[0])["chain"].is_null(), "{plan}");
        let chosen = world.staff.post(&format!("{path}/choose"), json!(null)).await.expect(200);
        assert_eq!((text(&chosen, "chosen_way"), chosen["seed"].as_i64()), ("maximum", Some(1)));
        world.staff.post(&format!("{path}/choose"), json!({"way": "stable_graduates"})).await.refused(409, "allocation_chosen");
        let offered = world.staff.post(&format!("{path}/offers"), json!({"send": true})).await.expect(200);
        let sent: Vec<_> = offered["items"].as_array().expect("items").iter().map(|one| (text(one, "status"), text(one, "vacancy_id"))).collect();
        assert_eq!(sent, [("sent", job.as_str()), ("sent", job.as_str())], "{offered}");
        let own = link(world, &waiting[1]).await;
        let places = items(&own, &format!("/graduates/{}/reserves", waiting[1])).await;
        assert_eq!((places[0]["place"].as_u64(), places[0]["of"].as_u64()), (Some(2), Some(2)));
        assert!(text(&places[0], "message").starts_with("Cadangan ke-2 dari 2 untuk Operator"));
        let token = token(world, &waiting[1]).await;
        let (phone, kind) = (world.anonymous.with_jar(), "application/x-www-form-urlencoded");
        let door = phone.request(reqwest::Method::POST, &format!("/o/{token}")).header("Content-Type", kind).body("answer=check&day=17&month=8");
        send(door).await;
        let page = String::from_utf8(phone.get(&format!("/o/{token}")).await.bytes).expect("text");
        assert!(page.contains("Cadangan ke-2 dari 2 untuk Operator di PT mitra Contoh."), "{page}");
        let own = world.anonymous.with_token(&token);
        own.get(&format!("/graduates/{}/reserves", waiting[0])).await.refused(404, "not_found");
        // A refusal hands the seat on once its undo window is over; once, as a draft.
        let first = &offered["items"][0]["offer"];
        let refuser = link(world, text(first, "graduate_id")).await;
        refuser.post(&format!("/offers/{}/decline", text(first, "id")), json!({})).await.expect(200);
        assert_eq!(world.app.round("satu").await.expect("a round").expect("the lease").drafted, 0);
        world.clock.advance(chrono::Duration::minutes(16));
        assert_eq!(world.app.round("satu").await.expect("a round").expect("the lease").drafted, 1);
        world.clock.advance(chrono::Duration::minutes(1));
        assert_eq!(world.app.round("dua").await.expect("a round").expect("the lease").drafted, 0);
        let drafts = items(&world.staff, &format!("/offers?vacancy_id={job}&state=draft")).await;
        assert_eq!(drafts.iter().map(|one| text(one, "graduate_id")).collect::<Vec<_>>(), [waiting[0].as_str()]);
        let places = items(&world.staff, &format!("/graduates/{}/reserves", waiting[1])).await;
        assert_eq!((places[0]["place"].as_u64(), places[0]["of"].as_u64()), (Some(1), Some(1)));
        // A second run changes only what is free.
        let again = json!({"batch_ids": [batch], "objective": "maximum", "previous_id": plan["id"]});
        let second = allocated(&world.staff, again).await;
        let seat = seats(&second, &people);
        assert!(seat[people.iter().position(|id| id == text(first, "graduate_id")).expect("there")].is_none(), "{second}");
        assert_eq!(text(reason(&second, text(first, "graduate_id")), "reason"), "answered_before");
    }

    async fn what_if_shows_what_would_be_and_cannot_be_chosen(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, people) = class(world, &["Ani", "Budi", "Cici"]).await;
        let job = sewing(world, &firm, 1, "Operator").await;
        let far = vacancy(world, &firm, 1, json!({"title": "Jauh", "district": "35.78.01", "requirements": [{"unit": OVERLOCK}]})).await;
        for person in &people {
            world.staff.put(&format!("/graduates/{person}/wishes"), json!({"radius_km": 10})).await.expect(200);
        }
        let asked = |what_if: Value| json!({"batch_ids": [batch], "objective": "maximum", "what_if": what_if});
        let plain = allocated(&world.staff, json!({"batch_ids": [batch], "objective": "maximum"})).await;
        assert_eq!((plain["placed"].as_u64(), plain["comparison"]["base"].is_null()), (Some(1), true));
        let more = allocated(&world.staff, asked(json!({"extra_seats": [{"vacancy_id": job, "seats": 2}]}))).await;
        assert_eq!((more["placed"].as_u64(), more["is_simulation"].as_bool()), (Some(3), Some(true)));
        assert_eq!(more["comparison"]["base"]["ways"][0]["placed"], 1);
        assert_eq!(more["comparison"]["base"]["changes"].as_array().expect("changes").len(), 2);
        let shuttle = allocated(&world.staff, asked(json!({"shuttles": [{"district": "35.13.17", "vacancy_id": far}]}))).await;
        assert_eq!(shuttle["placed"], 2, "{shuttle}");
        let wider = allocated(&world.staff, asked(json!({"radius_km": 500}))).await;
        assert_eq!(wider["placed"], 2);
        let dropped = allocated(&world.staff, asked(json!({"dropped_units": [{"unit": OVERLOCK}], "wages": [{"vacancy_id": job, "monthly_wage": 9_000_000}]}))).await;
        assert_eq!(dropped["placed"], 1);
        world.staff.post(&format!("/allocations/{}/choose", text(&more, "id")), json!(null)).await.refused(409, "allocation_simulated");
        world.staff.post(&format!("/allocations/{}/offers", text(&more, "id")), json!({})).await.refused(409, "allocation_simulated");
        let unchanged = world.staff.get(&format!("/vacancies/{job}")).await.expect(200);
        assert_eq!(unchanged["positions"], 1);
    }

    async fn the_same_question_gets_the_same_plan(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, _) = class(world, &["Ani", "Budi", "Cici", "Dedi", "Eka"]).await;
        let (one, two) = (sewing(world, &firm, 1, "Satu").await, sewing(world, &firm, 2, "Dua").await);
        let ask = |jobs: [&String; 2]| json!({"batch_ids": [batch], "vacancy_ids": jobs, "objective": "stable", "seed": 7});
        let first = allocated(&world.staff, ask([&one, &two])).await;
        let second = allocated(&world.staff, ask([&two, &one])).await;
        let listed = items(&world.staff, "/allocations").await;
        assert_eq!(listed.iter().map(|run| (text(run, "status"), run["assignments"].is_null())).collect::<Vec<_>>(), [("done", true), ("done", true)]);
        assert_eq!(first["assignments"], second["assignments"]);
        assert_eq!(first["unplaced"], second["unplaced"]);
        assert_eq!(first["details"]["one_stable_plan"], true);
    }

    async fn only_the_office_allocates(world: &World) {
        let firm = partner(world, "mitra").await;
        let (batch, people) = class(world, &["Ani"]).await;
        sewing(world, &firm, 1, "Operator").await;
        let body = json!({"batch_ids": [batch], "objective": "maximum"});
        let plan = allocated(&world.staff, body.clone()).await;
        let path = format!("/allocations/{}", text(&plan, "id"));
        firm.client.post("/allocations", body.clone()).await.refused(403, "role_not_allowed");
        link(world, &people[0]).await.get(&path).await.refused(403, "role_not_allowed");
        world.viewer.get(&path).await.refused(403, "role_not_allowed");
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.elsewhere.post("/allocations", body).await.field("/batch_ids/0", "not_found");
        world.head.get(&path).await.expect(200);
        world.staff.post(&format!("{path}/cancel"), json!(null)).await.refused(409, "allocation_not_running");
    }

    async fn a_large_run_is_a_job_that_can_be_followed_and_cancelled(world: &World) {
        use serap::app::actor::Actor;
        use serap::app::allocation::request::{AllocationRequest, Way};
        let firm = partner(world, "mitra").await;
        let (batch, _) = class(world, &["Ani", "Budi"]).await;
        sewing(world, &firm, 1, "Operator").await;
        let actor = Actor::cli(Some(world.office));
        let request = AllocationRequest::of(vec![batch.parse().expect("an id")], Way::Maximum);
        let prepared = world.app.prepare_allocation(&actor, request).await.expect("it can be prepared");
        let begin = async || world.app.work(&actor, async |work| work.begin_allocation(&prepared).await).await.expect("it begins").id;
        let id = begin().await;
        let path = format!("/allocations/{id}");
        let running = world.staff.get(&path).await.expect(200);
        assert_eq!((text(&running, "status"), running["assignments"].is_null()), ("running", true), "{running}");
        world.staff.post(&format!("{path}/choose"), json!(null)).await.refused(409, "allocation_running");
        world.app.carry_out_allocation(&actor, id, &prepared).await.expect("it is carried out");
        let done = world.staff.get(&path).await.expect(200);
        assert_eq!((text(&done, "status"), done["progress"].as_i64(), done["placed"].as_u64()), ("done", Some(100), Some(1)), "{done}");
        let id = begin().await;
        let path = format!("/allocations/{id}");
        assert_eq!(world.staff.post(&format!("{path}/cancel"), json!(null)).await.expect(200)["status"], "cancelled");
        world.app.carry_out_allocation(&actor, id, &prepared).await.expect("what was cancelled is dropped");
        let cancelled = world.staff.get(&path).await.expect(200);
        assert_eq!((text(&cancelled, "status"), cancelled["assignments"].is_null()), ("cancelled", true));
        world.staff.post(&format!("{path}/choose"), json!(null)).await.refused(409, "allocation_unfinished");
        // One that a stopped process left is said to be interrupted.
        let id = begin().await;
        world.clock.advance(chrono::Duration::minutes(61));
        world.app.round("satu").await.expect("a round");
        assert_eq!(world.staff.get(&format!("/allocations/{id}")).await.expect(200)["status"], "interrupted");
    }
}
