//! What to teach next, class requests, and the go / no-go sheet of a planned class.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, send, text};
use crate::support::jobs::{graduates, items, partner, vacancy};
use crate::support::people::{audited, programme, register};
use crate::support::world::World;

/// A graduate of a district who holds these units by a BNSP certificate. Answers the id.
async fn holder(world: &World, name: &str, district: &str, units: &[&str]) -> String {
    let made = register(&world.staff, json!({"name": name, "district": district})).await;
    let units: Vec<Value> = units.iter().map(|unit| json!({"unit": unit})).collect();
    let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": format!("LSP/{name}/2026"), "issued_on": "2026-12-01", "valid_until": "2029-12-01", "units": units});
    world.staff.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
}

/// What the audit holds of a thing, by name: the clock stands still, so that its order says nothing.
async fn deeds(world: &World, thing: &Value) -> Vec<String> {
    let mut deeds = audited(world, text(thing, "id")).await;
    deeds.sort();
    deeds
}

fn asks(units: &[&str]) -> Value {
    json!({"requirements": units.iter().map(|unit| json!({"unit": unit, "importance": "required"})).collect::<Vec<_>>()})
}

fn line(report: &Value, code: &str) -> Value {
    report["items"].as_array().expect("items").iter().find(|line| line["code"] == code).expect("a line").clone()
}

async fn gap(client: &Client, query: &str) -> Value {
    client.get(&format!("/reports/competency-gap{query}")).await.expect(200)
}

const SEWING: &str = "GAR.CM01.003.01";
const MACHINE: &str = "C.14GMT06.010.1";

on_both! {
    async fn what_to_teach_next_counts_placements_not_people(world: &World) {
        let firm = partner(world, "busana").await;
        vacancy(world, &firm, 2, asks(&[SEWING, MACHINE])).await;
        vacancy(world, &firm, 1, asks(&[SEWING])).await;
        let mut nearly = Vec::new();
        for (name, district) in [("Ani Contoh", "35.13.17"), ("Budi Contoh", "35.13.17"), ("Citra Contoh", "35.13.18"), ("Dewi Contoh", "35.13.18")] {
            nearly.push(holder(world, name, district, &[SEWING]).await);
        }
        let report = gap(&world.staff, "").await;
        assert_eq!((&report["seats_free"], &report["placed_today"]), (&json!(3), &json!(1)));
        let machine = line(&report, MACHINE);
        assert_eq!((&machine["lacking_only_this"], &machine["added_placements"], &machine["taught_fewest"]), (&json!(4), &json!(2), &json!(2)));
        let taught = machine["taught"].as_array().expect("staff see who");
        assert!(taught.len() == 2 && taught.iter().all(|id| nearly.iter().any(|known| id == known)));
        assert_eq!(report["items"][0]["code"], MACHINE, "what adds most stands first");
        let held = line(&report, SEWING);
        assert_eq!((&held["added_placements"], &held["taught"]), (&json!(0), &json!([])));

        let numbers = gap(&world.viewer, "").await;
        assert_eq!((&line(&numbers, MACHINE)["added_placements"], &line(&numbers, MACHINE)["taught"]), (&json!(2), &Value::Null));
        for id in &nearly {
            assert!(!numbers.to_string().contains(id.as_str()), "the regional team reads no person");
        }
        assert_eq!(gap(&world.elsewhere, "").await["items"], json!([]));
        firm.client.get("/reports/competency-gap").await.refused(403, "role_not_allowed");
    }

    async fn a_training_certificate_does_not_open_a_seat_that_asks_for_more(world: &World) {
        let firm = partner(world, "busana").await;
        let requirements = json!({"requirements": [{"unit": SEWING, "importance": "required"}, {"unit": MACHINE, "importance": "required", "min_evidence": "bnsp"}]});
        vacancy(world, &firm, 1, requirements).await;
        holder(world, "Ani Contoh", "35.13.17", &[SEWING]).await;
        let machine = line(&gap(&world.staff, "").await, MACHINE);
        assert_eq!((&machine["lacking_only_this"], &machine["added_placements"]), (&json!(1), &json!(0)));
    }

    async fn teaching_may_be_for_one_district_or_one_partner(world: &World) {
        let (near, far) = (partner(world, "busana").await, partner(world, "mode").await);
        vacancy(world, &near, 1, asks(&[SEWING, MACHINE])).await;
        vacancy(world, &far, 3, asks(&[SEWING, MACHINE])).await;
        for (name, district) in [("Ani Contoh", "35.13.17"), ("Budi Contoh", "35.13.18"), ("Citra Contoh", "35.13.18")] {
            holder(world, name, district, &[SEWING]).await;
        }
        let added = |report: &Value| line(report, MACHINE)["added_placements"].clone();
        assert_eq!(added(&gap(&world.staff, "").await), 3);
        assert_eq!(added(&gap(&world.staff, "?district=35.13.17").await), 1);
        assert_eq!(added(&gap(&world.staff, &format!("?employer_id={}", near.id)).await), 1);
        assert_eq!(added(&gap(&world.staff, &format!("?district=35.13.18&employer_id={}", far.id)).await), 2);
        world.staff.get("/reports/competency-gap?group_by=trade").await.field("/group_by", "code_unknown");
        world.elsewhere.get(&format!("/reports/competency-gap?employer_id={}", near.id)).await.refused(404, "not_found");
    }

    async fn a_programme_teaches_all_its_units_and_shows_what_was_promised(world: &World) {
        let firm = partner(world, "busana").await;
        let sewing = programme(&world.staff).await;
        vacancy(world, &firm, 2, asks(&[SEWING, MACHINE])).await;
        let promise = json!({"valid_from": "2026-11-01", "valid_until": "2027-12-31", "seats": 5, "programme_id": sewing["id"]});
        world.staff.post(&format!("/employers/{}/commitments", firm.id), promise).await.expect(201);
        for name in ["Ani Contoh", "Budi Contoh", "Citra Contoh"] {
            holder(world, name, "35.13.17", &["LOG.0001.002.01"]).await;
        }
        let by_unit = gap(&world.staff, "").await;
        assert_eq!(line(&by_unit, MACHINE)["added_placements"], 0, "they lack both units");
        let report = gap(&world.staff, "?group_by=programme").await;
        let all = line(&report, text(&sewing, "id"));
        assert_eq!((&all["lacking_only_this"], &all["added_placements"], &all["taught_fewest"]), (&json!(3), &json!(2), &json!(2)));
        assert_eq!((&all["promised_unopened"], &report["promised_unopened"]), (&json!(5), &json!(5)));
    }

    async fn a_planned_class_counts_seats_it_takes_from_nobody(world: &World) {
        let firm = partner(world, "busana").await;
        let sewing = programme(&world.staff).await;
        let first = vacancy(world, &firm, 4, asks(&[SEWING, MACHINE])).await;
        graduates(world, 2).await;
        let promise = json!({"valid_from": "2026-11-01", "valid_until": "2027-12-31", "seats": 9, "programme_id": sewing["id"]});
        world.staff.post(&format!("/employers/{}/commitments", firm.id), promise).await.expect(201);
        let plan = json!({"programme_id": sewing["id"], "district": "35.13.17", "people": 16, "ends_on": "2026-12-10"});
        let sheet = world.staff.post("/class-plans", plan.clone()).await.expect(201);
        let figures = ["seats_free", "seats_within_reach", "placed_without", "placed_with", "seated", "on_promises"].map(|field| sheet[field].clone());
        assert_eq!(figures, [json!(4), json!(4), json!(2), json!(4), json!(2), json!(9)], "{sheet}");
        assert_eq!((text(&sheet["vacancies"][0], "vacancy_id"), &sheet["vacancies"][0]["seats"]), (first.as_str(), &json!(2)));
        assert_eq!(text(&sheet, "advice"), "2 dari 16 punya kursi; 9 bergantung pada kursi yang dijanjikan; 5 belum punya kursi");
        assert_eq!((&sheet["earlier"]["denominator"], &sheet["earlier"]["checkpoint"]), (&json!(0), &json!(90)));
        let late = json!({"programme_id": sewing["id"], "district": "35.13.17", "people": 16, "ends_on": "2027-06-01"});
        assert_eq!(world.staff.post("/class-plans", late).await.expect(201)["seated"], 0, "they come after the vacancy closed");

        world.viewer.post("/class-plans", plan.clone()).await.refused(403, "role_not_allowed");
        world.elsewhere.post("/class-plans", plan.clone()).await.field("/programme_id", "reference_unknown");
        let mut wrong = plan.clone();
        wrong["ends_on"] = json!("2026-12-01");
        world.staff.post("/class-plans", wrong).await.field("/ends_on", "date_past");
        let path = format!("/class-plans/{}", text(&sheet, "id"));
        world.elsewhere.get(&path).await.refused(404, "not_found");
        world.staff.post(&format!("{path}/decision"), json!({"decision": "go", "reason": "Komitmen cukup"})).await.refused(428, "precondition_required");
        let decide = async |version: i64, decision: &str| {
            let request = world.head.request(reqwest::Method::POST, &format!("{path}/decision")).header("If-Match", format!("\"{version}\""));
            send(request.json(&json!({"decision": decision, "reason": "Kursi belum cukup"}))).await
        };
        decide(2, "go").await.refused(412, "version_stale");
        let decided = decide(1, "no_go").await.expect(200);
        assert_eq!((text(&decided, "decision"), &decided["seated"], &decided["version"]), ("no_go", &json!(2), &json!(2)));
        decide(2, "go").await.refused(409, "class_plan_decided");
        assert_eq!(items(&world.head, "/class-plans").await.len(), 2);
        assert_eq!(deeds(world, &sheet).await, ["decide", "plan"]);
    }

    async fn a_partner_asks_for_a_class_and_the_office_answers_once(world: &World) {
        let firm = partner(world, "busana").await;
        let other = partner(world, "mode").await;
        let ask = json!({"job": "operator mesin jahit", "people": 20, "month": "2027-01", "note": "untuk lini baru"});
        let made = firm.client.post("/class-requests", ask.clone()).await.expect(201);
        assert_eq!((text(&made, "employer_id"), text(&made, "state"), text(&made, "month")), (firm.id.as_str(), "open", "2027-01"));
        assert!(made["kbji"].is_null() && !made["kbji_proposed"].is_null(), "{made}");
        world.staff.post("/class-requests", ask.clone()).await.field("/employer_id", "field_missing");
        for (month, code) in [("2027-13", "field_not_understood"), ("2026-11", "date_past")] {
            let mut wrong = ask.clone();
            wrong["month"] = json!(month);
            firm.client.post("/class-requests", wrong).await.field("/month", code);
        }
        world.viewer.get("/class-requests").await.refused(403, "role_not_allowed");
        assert_eq!(items(&other.client, "/class-requests").await.len(), 0);
        assert_eq!(items(&world.elsewhere, "/class-requests").await.len(), 0);
        assert_eq!(items(&world.staff, "/class-requests?state=open").await.len(), 1);

        let sewing = programme(&world.staff).await;
        let plan = json!({"programme_id": sewing["id"], "district": "35.13.17", "people": 16, "ends_on": "2027-02-10", "class_request_id": made["id"]});
        let sheet = world.staff.post("/class-plans", plan).await.expect(201);
        assert_eq!((&sheet["asked"]["people"], text(&sheet["asked"], "month")), (&json!(20), "2027-01"));

        let path = format!("/class-requests/{}/answer", text(&made, "id"));
        let answer = json!({"state": "planned", "answer": "Angkatan II mulai Januari"});
        firm.client.post(&path, answer.clone()).await.refused(403, "role_not_allowed");
        world.elsewhere.post(&path, answer.clone()).await.refused(404, "not_found");
        assert_eq!(text(&world.staff.post(&path, answer.clone()).await.expect(200), "state"), "planned");
        world.staff.post(&path, answer).await.refused(409, "class_request_answered");
        assert_eq!(deeds(world, &made).await, ["answer", "request"]);
    }

    async fn a_near_miss_names_the_next_class_that_teaches_the_unit(world: &World) {
        let firm = partner(world, "busana").await;
        let wanted = vacancy(world, &firm, 1, asks(&[SEWING, MACHINE])).await;
        holder(world, "Ani Contoh", "35.13.17", &[SEWING]).await;
        let path = format!("/vacancies/{wanted}/near-misses");
        assert_eq!(items(&world.staff, &path).await[0]["missing"][0]["next_class"], Value::Null);
        let sewing = programme(&world.staff).await;
        for (name, from, to) in [("Angkatan 3", "2027-03-01", "2027-03-30"), ("Angkatan 2", "2027-01-04", "2027-02-03"), ("Angkatan 1", "2026-11-02", "2026-12-01")] {
            let body = json!({"programme_id": sewing["id"], "name": name, "capacity": 16, "starts_on": from, "ends_on": to, "district": "35.13.17"});
            world.staff.post("/batches", body).await.expect(201);
        }
        let missing = items(&world.staff, &path).await[0]["missing"][0].clone();
        assert_eq!((text(&missing, "code"), text(&missing["next_class"], "name"), text(&missing["next_class"], "starts_on")), (MACHINE, "Angkatan 2", "2027-01-04"));
    }
}
