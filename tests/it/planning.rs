//! What to teach next, class requests, and the go / no-go sheet of a planned class.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs::{graduates, partner, vacancy};
use crate::support::people::{programme, register};
use crate::support::world::World;

/// A graduate of a district who holds these units by a BNSP certificate. Answers the id.
async fn holder(world: &World, name: &str, district: &str, units: &[&str]) -> String {
    let made = register(&world.staff, json!({"name": name, "district": district})).await;
    let units: Vec<Value> = units.iter().map(|unit| json!({"unit": unit})).collect();
    let body = json!({"kind": "bnsp", "issuer": "LSP Garmen", "number": format!("LSP/{name}/2026"), "issued_on": "2026-12-01", "valid_until": "2029-12-01", "units": units});
    world.staff.post(&format!("/graduates/{}/certificates", text(&made, "id")), body).await.expect(201);
    text(&made, "id").to_owned()
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
}
