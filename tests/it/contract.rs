//! The OpenAPI document and what holds for every operation in it.

use reqwest::Method;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::client::send;

/// Operations that nobody needs to sign in for.
const PUBLIC: [(&str, &str); 3] = [("post", "/api/v1/sessions"), ("post", "/api/v1/setup/{token}"), ("get", "/verify/{code}")];

fn document() -> Value {
    serde_json::to_value(&serap::server::document().0).expect("a document")
}

/// Every operation: method and path.
fn operations(document: &Value) -> Vec<(String, String)> {
    let paths = document["paths"].as_object().expect("paths");
    let mut all = Vec::new();
    for (path, item) in paths {
        all.extend(
            item.as_object()
                .expect("operations")
                .keys()
                .filter(|key| Method::from_bytes(key.to_uppercase().as_bytes()).is_ok_and(|method| method.is_safe() || key.len() < 7))
                .map(|key| (key.clone(), path.clone())),
        );
    }
    all.retain(|(method, _)| matches!(method.as_str(), "get" | "post" | "put" | "patch" | "delete"));
    all
}

/// A path with every parameter filled in by something that does not exist.
fn filled(path: &str) -> String {
    let steps = path.split('/').map(|step| if step.starts_with('{') { "01a210e5-0000-7000-8000-000000000000" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

#[test]
fn the_contract_changes_only_where_the_snapshot_shows_it() {
    insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false, sort_maps => true}, {
        insta::assert_json_snapshot!("openapi", document());
    });
}

#[test]
fn every_operation_has_an_answer_a_summary_and_problems() {
    let document = document();
    for (method, path) in operations(&document) {
        let operation = &document["paths"][&path][&method];
        let told = operation["summary"].as_str().or(operation["description"].as_str()).unwrap_or_default();
        assert!(!told.is_empty(), "{method} {path} says nothing of itself");
        let answers: Vec<&String> = operation["responses"].as_object().expect("responses").keys().collect();
        assert!(answers.iter().any(|status| status.starts_with('2')), "{method} {path} never succeeds");
    }
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn every_path_parameter_stands_in_its_path() {
    let document = document();
    for (method, path) in operations(&document) {
        for parameter in document["paths"][&path][&method]["parameters"].as_array().unwrap_or(&Vec::new()) {
            let name = parameter["name"].as_str().expect("a name");
            let in_path = parameter["in"] == "path";
            assert_eq!(in_path, path.contains(&format!("{{{name}}}")), "{method} {path}: {name}");
        }
    }
}

#[test]
fn no_two_wire_types_share_a_name() {
    let mut seen = std::collections::BTreeMap::new();
    for folder in ["src/api", "src/web"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()) {
            let text = std::fs::read_to_string(&file).expect("a source file");
            for line in text.lines() {
                let Some(name) = line.trim_start_matches("pub ").strip_prefix("struct ") else { continue };
                let name = name.split(|c: char| !c.is_alphanumeric()).next().expect("a name").to_owned();
                if name.ends_with("In") || name.ends_with("Out") {
                    let other = seen.insert(name.clone(), file.clone());
                    assert!(other.is_none(), "{name} in {} and {other:?}", file.display());
                }
            }
        }
    }
}

on_both! {
    async fn a_refusal_by_role_comes_before_any_complaint_about_the_body(world: &World) {
        world.viewer.post("/batches", json!({})).await.refused(403, "role_not_allowed");
        world.anonymous.with_token("tidak-dikenal").post("/batches", json!({})).await.refused(401, "sign_in_needed");
        world.staff.post("/sessions", json!(["staf", "rahasia"])).await.expect(422);
        let other = world.staff.delete("/vacancies").await;
        assert_eq!(other.headers["allow"], "GET, POST");
    }

    async fn nothing_but_the_public_answers_a_stranger(world: &World) {
        let document = document();
        for (method, path) in operations(&document) {
            if PUBLIC.contains(&(method.as_str(), path.as_str())) {
                continue;
            }
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let mut request = world.anonymous.request(verb, &filled(&path));
            if method != "get" && method != "delete" {
                request = request.json(&json!({}));
            }
            let answer = send(request).await;
            assert_eq!(answer.status.as_u16(), 401, "{method} {path}: {}", answer.body);
        }
    }

    async fn a_path_under_another_method_is_405_and_elsewhere_404(world: &World) {
        world.staff.delete("/vacancies").await.refused(405, "method_not_allowed");
        world.staff.get("/tidak-ada").await.refused(404, "not_found");
        world.staff.get("/vacancies/bukan-id").await.refused(404, "not_found");
        for path in ["/healthz", "/readyz", "/openapi.json", "/docs/index.html", "/metrics"] {
            assert_eq!(world.anonymous.get(path).await.status.as_u16(), 200, "{path}");
        }
    }
}
