//! Many at once: the last seat goes to one, and seats, offers and hours add up whatever the order.

use std::collections::BTreeMap;

use chrono::Duration;
use serap::engine::id::{GraduateId, PersonId};
use serap::engine::lifecycle::PlacementState;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::{Client, text};
use crate::support::jobs::{Partner, graduates, items, link, partner, store, vacancy};
use crate::support::world::World;

/// Sends offers of a vacancy to many; gives their ids in the order of the graduates.
async fn offers(world: &World, vacancy: &str, people: &[String]) -> Vec<String> {
    let body = json!({"vacancy_id": vacancy, "graduate_ids": people, "expires_on": "2026-12-10", "send": true});
    let answer = world.staff.post("/offers/bulk", body).await.expect(201);
    let items = answer["items"].as_array().expect("items");
    items.iter().map(|item| text(item.get("offer").unwrap_or_else(|| panic!("{item}")), "id").to_owned()).collect()
}

async fn links(world: &World, people: &[String]) -> Vec<Client> {
    let mut clients = Vec::new();
    for person in people {
        clients.push(link(world, person).await);
    }
    clients
}

/// Everybody accepts at once; exactly one is heard. Gives the placement.
async fn one_wins(world: &World, job: &str, clients: &[Client], offers: &[String]) -> String {
    let accepting =
        clients.iter().zip(offers).map(|(client, offer)| async move { client.post(&format!("/offers/{offer}/accept"), Value::Null).await });
    let replies = futures_util::future::join_all(accepting).await;
    let (won, lost): (Vec<_>, Vec<_>) = replies.into_iter().partition(|reply| reply.status == 200);
    assert_eq!(won.len(), 1, "one seat, one yes");
    for reply in lost {
        reply.refused(409, "slot_full");
    }
    let seen = world.staff.get(&format!("/vacancies/{job}")).await.expect(200);
    assert_eq!((text(&seen, "state"), seen["filled"].as_i64()), ("filled", Some(1)));
    assert_eq!(items(&world.staff, &format!("/offers?vacancy_id={job}&state=accepted")).await.len(), 1);
    text(&won[0].body, "placement_id").to_owned()
}

async fn last_seats(world: &World, people: usize, rounds: usize) {
    let sewing = partner(world, "mitra").await;
    let people = graduates(world, people).await;
    let clients = links(world, &people).await;
    for _ in 0..rounds {
        let job = vacancy(world, &sewing, 1, json!({"offers_per_seat": 50})).await;
        let offers = offers(world, &job, &people).await;
        let placement = one_wins(world, &job, &clients, &offers).await;
        world.staff.post(&format!("/placements/{placement}/cancel"), json!({"reason": "other"})).await.expect(200);
    }
    adds_up(world, &people).await;
}

/// What must hold whatever happened: seats counted, seats capped, hours committed, acceptances with a seat each.
async fn adds_up(world: &World, people: &[String]) {
    let placements = items(&world.staff, "/placements?limit=200").await;
    let mut after = world.staff.get("/placements?limit=200").await.expect(200)["next_cursor"].as_str().map(str::to_owned);
    let mut placements = placements;
    while let Some(cursor) = after {
        let page = world.staff.get(&format!("/placements?limit=200&cursor={cursor}")).await.expect(200);
        placements.extend(page["items"].as_array().expect("items").iter().cloned());
        after = page["next_cursor"].as_str().map(str::to_owned);
    }
    let state = |row: &Value| PlacementState::parse(text(row, "state")).expect("a state");
    for job in items(&world.staff, "/vacancies?limit=200").await {
        let id = text(&job, "id");
        let seats = placements.iter().filter(|row| text(row, "vacancy_id") == id && state(row).holds_seat()).count();
        assert_eq!(job["filled"].as_u64(), u64::try_from(seats).ok(), "{job}");
        assert!(job["filled"].as_i64() <= job["positions"].as_i64());
        assert_eq!(items(&world.staff, &format!("/offers?vacancy_id={id}&state=accepted&limit=200")).await.len(), seats);
    }
    let mut hours: BTreeMap<&str, i64> = BTreeMap::new();
    for row in placements.iter().filter(|row| state(row).engages()) {
        *hours.entry(text(row, "graduate_id")).or_default() += row["hours_per_week"].as_i64().expect("hours");
    }
    for person in people {
        assert_eq!(committed(world, person).await, hours.get(person.as_str()).copied().unwrap_or(0), "{person}");
    }
}

async fn committed(world: &World, graduate: &str) -> i64 {
    let store = store(world).await;
    let id = GraduateId::parse(graduate).expect("an id");
    let rows = serap::store::faces::graduates(store.reader(), &[id]).await.expect("the store reads");
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id).collect();
    let people = serap::store::people::persons(store.reader(), &people).await.expect("the store reads");
    store.close().await.expect("the store closes");
    i64::from(people[0].committed_hours)
}

/// A small generator of choices, the same in every run.
struct Choices(u64);

impl Choices {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}

/// One client that offers, answers, withdraws and cancels at random among everybody's offers.
async fn stirs(world: &World, jobs: &[String], people: &[String], clients: &[Client], seed: u64, steps: usize) {
    let mut choices = Choices(seed);
    for _ in 0..steps {
        let (job, who) = (choices.below(jobs.len()), choices.below(people.len()));
        let path = format!("/offers?vacancy_id={}&graduate_id={}", jobs[job], people[who]);
        let known = items(&world.staff, &path).await;
        let open = known.iter().rev().find(|offer| matches!(text(offer, "state"), "draft" | "sent" | "accepted"));
        let reply = match (open, choices.below(5)) {
            (None, 0) if known.last().is_some_and(|offer| text(offer, "state") == "declined") => {
                let offer = known.last().map(|offer| text(offer, "id")).unwrap_or_default();
                clients[who].post(&format!("/offers/{offer}/undo"), Value::Null).await
            }
            (None, _) => {
                let body = json!({"vacancy_id": jobs[job], "graduate_ids": [people[who]], "expires_on": "2026-12-10", "send": true});
                world.staff.post("/offers/bulk", body).await
            }
            (Some(offer), choice) => {
                let path = format!("/offers/{}", text(offer, "id"));
                match (text(offer, "state"), choice) {
                    ("draft", _) => world.staff.post(&format!("{path}/send"), Value::Null).await,
                    ("sent", 0..=2) => clients[who].post(&format!("{path}/accept"), Value::Null).await,
                    ("sent", 3) => clients[who].post(&format!("{path}/decline"), json!({"reason": "distance"})).await,
                    ("sent", _) => world.staff.post(&format!("{path}/withdraw"), json!({"reason": "other"})).await,
                    (_, 0..=1) => clients[who].post(&format!("{path}/undo"), Value::Null).await,
                    (_, _) => match offer["placement_id"].as_str() {
                        Some(seat) => world.staff.post(&format!("/placements/{seat}/cancel"), json!({"reason": "other"})).await,
                        None => continue,
                    },
                }
            }
        };
        assert!(!reply.status.is_server_error(), "{}", String::from_utf8_lossy(&reply.bytes));
    }
}

on_both! {
    async fn case_a1_twenty_accept_the_last_seat_and_one_gets_it(world: &World) {
        last_seats(world, 20, 4).await;
    }

    async fn case_t1_the_last_seat_in_many_rounds(world: &World) {
        last_seats(world, 32, 50).await;
    }

    async fn case_t1b_whatever_happens_seats_offers_and_hours_add_up(world: &World) {
        let sewing: Partner = partner(world, "mitra").await;
        let people = graduates(world, 40).await;
        let clients = links(world, &people).await;
        let mut jobs = Vec::new();
        for number in 0..20 {
            let hours = if number % 2 == 0 { 40 } else { 15 };
            jobs.push(vacancy(world, &sewing, 5, json!({"offers_per_seat": 2, "hours_per_week": hours})).await);
        }
        let stirring = (1..=8).map(|seed| stirs(world, &jobs, &people, &clients, seed, 40));
        futures_util::future::join_all(stirring).await;
        adds_up(world, &people).await;
        world.clock.advance(Duration::days(9));
        world.app.round("tests").await.expect("the round runs").expect("nobody else holds the lease");
        assert!(items(&world.staff, "/offers?state=sent&limit=200").await.is_empty(), "every overdue offer expired");
        adds_up(world, &people).await;
    }
}
