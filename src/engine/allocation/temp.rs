//! temp
use super::{certificate::Certificate, plan::Plan, problem::Problem};
#[derive(Debug)]
pub struct Taken {
    pub vacancies: Vec<u32>,
    pub people: usize,
    pub seats: u64,
    pub chain: Option<Chain>,
}
#[derive(Debug)]
pub struct Chain {
    pub steps: Vec<(u32, u32)>,
    pub displaced: Option<u32>,
    pub price: u64,
}
#[derive(Debug)]
pub enum WhyUnplaced {
    NoEdge,
    Placed,
    AllTaken(Taken),
    PartnerLimit { partner: u32 },
    MustFillFirst { vacancy: u32 },
}
#[derive(Debug)]
pub enum WhyEmpty {
    NobodyMayTakeIt,
    EveryoneIsPlaced,
    PartnerLimit { partner: u32 },
    CouldBeFilled,
}
pub fn why_unplaced(_: &Problem, _: &Plan, _: &Certificate, _: u32) -> WhyUnplaced {
    WhyUnplaced::NoEdge
}
pub fn why_empty(_: &Problem, _: &Plan, _: u32) -> WhyEmpty {
    WhyEmpty::NobodyMayTakeIt
}
pub fn honour_friends(_: &Problem, plan: &Plan, _: &[(u32, u32)]) -> (Plan, Vec<(u32, u32)>) {
    (plan.clone(), vec![])
}
