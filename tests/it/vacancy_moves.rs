//! What happens to vacancies: handing in, opening, seats, ending, closing dates, renewing, copying.

use chrono::Duration;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::text;
use crate::support::people::{certify, register};
use crate::support::vacancy::{MARON, at, moved, now, partner, posted, published, sewing, sewing_with};
use crate::support::world::World;

/// A vacancy whose employer approved all its offers at once.
fn standing(employer: &str, fields: &Value) -> Value {
    let mut body = sewing_with(employer, json!({"offer_approval": "standing", "offers_per_seat": 50}));
    body.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
    body
}

/// A certified graduate.
async fn graduate(world: &World, number: u32) -> Value {
    let person = register(&world.staff, json!({"name": format!("Siti Contoh {number}"), "district": MARON})).await;
    certify(&world.staff, &person, &format!("{number}/2026")).await;
    person
}

/// A draft offer of a vacancy to a graduate.
async fn offered(world: &World, vacancy: &Value, person: &Value) -> Value {
    let body = json!({"vacancy_id": vacancy["id"], "graduate_id": person["id"], "expires_on": "2026-12-10"});
    world.staff.post("/offers", body).await.expect(201)
}

/// Moves an offer.
async fn offer_moved(world: &World, offer: &Value, event: &str) -> Value {
    world.staff.post(&format!("/offers/{}/{event}", text(offer, "id")), Value::Null).await.expect(200)
}

/// The state of an offer now.
async fn offer_state(world: &World, offer: &Value) -> Value {
    world.staff.get(&format!("/offers/{}", text(offer, "id"))).await.expect(200)["state"].clone()
}

/// One seat taken by a graduate who accepted.
async fn seat_taken(world: &World, vacancy: &Value, number: u32) {
    let person = graduate(world, number).await;
    let offer = offered(world, vacancy, &person).await;
    offer_moved(world, &offer, "send").await;
    offer_moved(world, &offer, "accept").await;
}

on_both! {
    async fn a_partners_vacancy_waits_for_the_office(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let made = posted(&client, sewing(&employer)).await;
        assert_eq!(moved(&client, &made, "publish").await["state"], "submitted");
        client.post(&at(&made, "/publish"), Value::Null).await.refused(409, "wrong_state");
        let notes = json!({"notes": {"title": "Sebutkan bagian mana."}});
        client.post(&at(&made, "/return"), notes.clone()).await.refused(403, "role_not_allowed");
        world.staff.post(&at(&made, "/return"), json!({"notes": {}})).await.field("/notes", "text_required");
        let returned = world.staff.post(&at(&made, "/return"), notes.clone()).await.expect(200);
        assert_eq!((&returned["state"], &returned["return_notes"]), (&json!("returned"), &notes["notes"]));
        let version = returned["version"].as_i64().expect("a version");
        client.patch(&at(&made, ""), version, json!({"title": "Operator jahit bagian kemeja"})).await.expect(200);
        assert_eq!(moved(&client, &made, "submit").await["state"], "submitted");
        let open = moved(&world.staff, &made, "publish").await;
        assert_eq!((&open["state"], &open["is_open"], &open["return_notes"]), (&json!("published"), &json!(true), &Value::Null));
        world.staff.post(&at(&made, "/return"), notes).await.refused(409, "wrong_state");
        client.post(&at(&made, "/pause"), Value::Null).await.refused(403, "role_not_allowed");
        assert_eq!(moved(&world.staff, &made, "pause").await["is_open"], false);
        client.post(&at(&made, "/publish"), Value::Null).await.refused(409, "wrong_state");
        assert_eq!(moved(&world.staff, &made, "publish").await["state"], "published");
        world.elsewhere.post(&at(&made, "/pause"), Value::Null).await.refused(404, "not_found");
    }

    async fn a_trusted_partner_opens_its_own_while_the_agreement_lasts(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let own = world.staff.get(&format!("/employers/{employer}")).await.expect(200)["partnerships"][0].clone();
        let path = format!("/partnerships/{}", text(&own, "id"));
        world.staff.patch(&path, 1, json!({"trusted": true, "valid_from": "2026-01-01", "valid_until": "2026-12-02"})).await.expect(200);
        assert_eq!(published(&client, sewing(&employer)).await["state"], "published");
        world.clock.advance(Duration::days(1));
        assert_eq!(published(&client, sewing(&employer)).await["state"], "submitted");
    }

    async fn moves_that_the_table_does_not_hold_are_409(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = posted(&world.staff, sewing(&employer)).await;
        for event in ["pause", "close"] {
            world.staff.post(&at(&made, &format!("/{event}")), Value::Null).await.refused(409, "wrong_state");
        }
        world.staff.post(&at(&made, "/renew"), json!({"closes_on": "2026-12-20"})).await.refused(409, "wrong_state");
        let gone = world.staff.post(&at(&made, "/withdraw"), json!({"reason": "salah ketik"})).await.expect(200);
        assert_eq!((&gone["state"], &gone["close_reason"]), (&json!("withdrawn"), &json!("salah ketik")));
        for event in ["submit", "publish", "pause", "close", "withdraw"] {
            world.staff.post(&at(&made, &format!("/{event}")), Value::Null).await.refused(409, "wrong_state");
        }
        world.staff.post(&at(&made, "/publish"), json!({"paksa": true})).await.field("/paksa", "field_unknown");
    }

    async fn publishing_asks_for_a_day_that_is_not_past_and_for_no_confirmation(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let unclear = posted(&world.staff, sewing_with(&employer, json!({"requirements": [{"text": "jago cungkil klambi"}]}))).await;
        assert_eq!(moved(&world.staff, &unclear, "publish").await["state"], "published");
        let late = posted(&world.staff, sewing(&employer)).await;
        world.clock.advance(Duration::days(11));
        world.staff.post(&at(&late, "/publish"), Value::Null).await.field("/closes_on", "date_past");
    }

    async fn case_b2_a_vacancy_is_open_to_the_last_second_of_its_day_in_wib(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({"closes_on": "2026-12-02"}))).await;
        let (one, two) = (graduate(world, 1).await, graduate(world, 2).await);
        let body = |person: &Value| json!({"vacancy_id": made["id"], "graduate_id": person["id"], "expires_on": "2026-12-05"});
        world.clock.advance(Duration::seconds(14 * 3600 + 59 * 60 + 59));
        assert_eq!(now(&world.staff, &made).await["is_open"], true);
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 0);
        assert_eq!(world.staff.get(&at(&made, "/matches")).await.expect(200)["count"], 2);
        world.staff.post("/offers", body(&one)).await.expect(201);
        world.clock.advance(Duration::seconds(1));
        let over = now(&world.staff, &made).await;
        assert_eq!((&over["is_open"], &over["state"]), (&json!(false), &json!("published")));
        world.staff.post("/offers", body(&two)).await.refused(409, "vacancy_closed");
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 1);
        let closed = now(&world.staff, &made).await;
        assert_eq!((&closed["state"], &closed["close_reason"]), (&json!("closed"), &json!("closing_date_passed")));
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 0);
    }

    async fn case_b3_an_answer_may_be_due_on_the_closing_day(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({"closes_on": "2026-12-10"}))).await;
        let offer = offered(world, &made, &graduate(world, 1).await).await;
        offer_moved(world, &offer, "send").await;
        world.clock.advance(Duration::seconds(8 * 86_400 + 14 * 3600 + 59 * 60 + 59));
        assert_eq!(offer_moved(world, &offer, "accept").await["offer"]["state"], "accepted");
    }

    async fn case_g4_a_vacancy_left_alone_is_reminded_of_then_over_and_renewed_by_one_call(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, sewing_with(&employer, json!({"closes_on": "2027-12-31", "starts_on": "2028-01-03"}))).await;
        let other = published(&world.staff, sewing_with(&employer, json!({"closes_on": "2027-12-31", "starts_on": "2028-01-03"}))).await;
        world.clock.advance(Duration::days(82));
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 0);
        world.clock.advance(Duration::days(1));
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 2);
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 0);
        let reminded = now(&world.staff, &made).await;
        assert_eq!((&reminded["is_open"], reminded["reminded_at"].is_string()), (&json!(true), true));
        let touched = world.staff.patch(&at(&other, ""), 2, json!({"title": "Masih dicari"})).await.expect(200);
        assert_eq!(touched["reminded_at"], Value::Null);
        world.clock.advance(Duration::days(7));
        assert_eq!(now(&world.staff, &made).await["is_open"], false);
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 1);
        assert_eq!(now(&world.staff, &made).await["close_reason"], "left_alone");
        assert_eq!(now(&world.staff, &other).await["is_open"], true);
        let renewed = world.staff.post(&at(&made, "/renew"), json!({"closes_on": "2027-12-31"})).await.expect(200);
        assert_eq!((&renewed["state"], &renewed["is_open"], &renewed["close_reason"]), (&json!("published"), &json!(true), &Value::Null));
        world.clock.advance(Duration::days(83));
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 2);
    }

    async fn case_g6_a_closed_vacancy_is_not_offered(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({}))).await;
        let person = graduate(world, 1).await;
        assert_eq!(moved(&world.staff, &made, "close").await["is_open"], false);
        let body = json!({"vacancy_id": made["id"], "graduate_id": person["id"], "expires_on": "2026-12-05"});
        world.staff.post("/offers", body).await.refused(409, "vacancy_closed");
        let fits = world.staff.get(&format!("/graduates/{}/matches", text(&person, "id"))).await.expect(200);
        assert_eq!(fits["items"], json!([]));
    }

    async fn case_a19_a_draft_is_not_sent_once_the_day_is_over(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({"closes_on": "2026-12-02"}))).await;
        world.clock.advance(Duration::minutes(14 * 60 + 58));
        let offer = offered(world, &made, &graduate(world, 1).await).await;
        world.clock.advance(Duration::minutes(3));
        world.staff.post(&format!("/offers/{}/send", text(&offer, "id")), Value::Null).await.refused(409, "vacancy_closed");
        assert_eq!(offer_state(world, &offer).await, "draft");
    }

    async fn case_a10_a_full_vacancy_closes_and_keeps_its_people(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let other = published(&world.staff, standing(&employer, &json!({}))).await;
        seat_taken(world, &other, 1).await;
        let made = published(&world.staff, standing(&employer, &json!({"positions": 1}))).await;
        seat_taken(world, &made, 2).await;
        assert_eq!(now(&world.staff, &made).await["state"], "filled");
        let closed = world.staff.post(&at(&made, "/close"), json!({"reason": "cukup"})).await.expect(200);
        assert_eq!((&closed["state"], &closed["filled"]), (&json!("closed"), &json!(1)));
        let placed = world.staff.get("/placements").await.expect(200);
        let states: Vec<&str> = placed["items"].as_array().expect("placements").iter().map(|one| text(one, "state")).collect();
        assert_eq!(states, ["planned", "planned"]);
        assert_eq!(now(&world.staff, &other).await["filled"], 1);
    }

    async fn case_a12_raising_positions_opens_a_filled_vacancy_again(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({"positions": 2}))).await;
        seat_taken(world, &made, 1).await;
        let late = offered(world, &made, &graduate(world, 9).await).await;
        offer_moved(world, &late, "send").await;
        seat_taken(world, &made, 2).await;
        let full = now(&world.staff, &made).await;
        assert_eq!((&full["state"], &full["filled"]), (&json!("filled"), &json!(2)));
        world.staff.post(&format!("/offers/{}/accept", text(&late, "id")), Value::Null).await.refused(409, "slot_full");
        let version = full["version"].as_i64().expect("a version");
        let refused = world.staff.patch(&at(&made, ""), version, json!({"positions": 1})).await.refused(409, "positions_below_filled");
        assert!(text(&refused, "detail").contains('2'), "{refused}");
        let open = world.staff.patch(&at(&made, ""), version, json!({"positions": 3})).await.expect(200);
        assert_eq!((&open["state"], &open["is_open"]), (&json!("published"), &json!(true)));
        offer_moved(world, &late, "accept").await;
        let again = now(&world.staff, &made).await;
        assert_eq!((&again["state"], &again["filled"]), (&json!("filled"), &json!(3)));
    }

    async fn lowering_positions_to_those_filled_fills_a_vacancy(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({}))).await;
        seat_taken(world, &made, 1).await;
        let version = now(&world.staff, &made).await["version"].as_i64().expect("a version");
        assert_eq!(world.staff.patch(&at(&made, ""), version, json!({"positions": 1})).await.expect(200)["state"], "filled");
    }

    async fn closing_by_hand_ends_what_nobody_answered(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, standing(&employer, &json!({}))).await;
        seat_taken(world, &made, 1).await;
        let (draft, live) = (offered(world, &made, &graduate(world, 2).await).await, offered(world, &made, &graduate(world, 3).await).await);
        offer_moved(world, &live, "send").await;
        let asked = json!({"vacancy_id": made["id"], "graduate_ids": [graduate(world, 4).await["id"]]});
        world.staff.post("/referrals", asked).await.expect(201);
        moved(&world.staff, &made, "close").await;
        for offer in [&draft, &live] {
            let ended = world.staff.get(&format!("/offers/{}", text(offer, "id"))).await.expect(200);
            assert_eq!((&ended["state"], &ended["reason"]), (&json!("closed"), &json!("vacancy_closed")));
        }
        let accepted = world.staff.get(&format!("/offers?vacancy_id={}&state=accepted", text(&made, "id"))).await.expect(200);
        assert_eq!(accepted["items"].as_array().map(Vec::len), Some(1));
        let referrals = world.staff.get(&format!("/referrals?vacancy_id={}", text(&made, "id"))).await.expect(200);
        assert_eq!(referrals["items"][0]["state"], "withdrawn");
        world.staff.post(&format!("/offers/{}/accept", text(&live, "id")), Value::Null).await.refused(409, "vacancy_closed");
    }

    async fn a_vacancy_is_renewed_until_a_day_to_come(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let made = published(&world.staff, sewing(&employer)).await;
        world.staff.post(&at(&made, "/renew"), json!({"closes_on": "2026-12-01"})).await.field("/closes_on", "date_past");
        let longer = world.staff.post(&at(&made, "/renew"), json!({"closes_on": "2026-12-31"})).await.expect(200);
        assert_eq!((&longer["state"], &longer["closes_on"]), (&json!("published"), &json!("2026-12-31")));
        moved(&world.staff, &made, "close").await;
        let again = world.staff.post(&at(&made, "/renew"), json!({"closes_on": "2027-01-31"})).await.expect(200);
        assert_eq!((&again["state"], &again["is_open"]), (&json!("published"), &json!(true)));
    }

    async fn a_partner_renews_what_the_clock_closed_and_not_what_people_closed(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let client = world.employer("mitra", &employer).await;
        let made = published(&world.staff, sewing(&employer)).await;
        let held = published(&world.staff, sewing(&employer)).await;
        moved(&world.staff, &held, "close").await;
        client.post(&at(&held, "/renew"), json!({"closes_on": "2026-12-31"})).await.refused(409, "vacancy_closed");
        world.clock.advance(Duration::days(11));
        assert_eq!(world.app.close_stale_vacancies().await.expect("the tick runs"), 1);
        let renewed = client.post(&at(&made, "/renew"), json!({"closes_on": "2026-12-31"})).await.expect(200);
        assert_eq!(renewed["state"], "published");
    }

    async fn a_copy_is_a_draft_with_days_to_come(world: &World) {
        let employer = partner(&world.staff, "PT Garmen Contoh").await;
        let body = sewing_with(&employer, json!({"external_ref": "R-1", "open_to": "akl", "requirements": [{"text": "obras", "weight": 9}, {"text": "K3"}]}));
        let made = published(&world.staff, body).await;
        moved(&world.staff, &made, "approve-openness").await;
        world.clock.advance(Duration::days(20));
        let copy = world.colleague.post(&at(&made, "/copy"), Value::Null).await.expect(201);
        assert_ne!(copy["id"], made["id"]);
        assert_eq!((&copy["state"], &copy["filled"], &copy["external_ref"], &copy["open_to_approved"]), (&json!("draft"), &json!(0), &Value::Null, &json!(false)));
        assert_eq!((&copy["closes_on"], &copy["starts_on"], &copy["version"]), (&json!("2027-01-21"), &json!("2027-01-21"), &json!(1)));
        let lines = |vacancy: &Value| -> Vec<(Value, Value, Value)> {
            let lines = vacancy["requirements"].as_array().expect("lines");
            lines.iter().map(|line| (line["text"].clone(), line["unit"].clone(), line["weight"].clone())).collect()
        };
        assert_eq!(lines(&copy), lines(&made));
        world.elsewhere.post(&at(&made, "/copy"), Value::Null).await.refused(404, "not_found");
    }
}
