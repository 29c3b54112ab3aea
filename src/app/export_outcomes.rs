//! Outcome events and the report of absorption to take away.

use rustc_hash::FxHashMap;

use crate::app::error::AppError;
use crate::app::exports::{ExportAsk, Listed, columns, text};
use crate::app::people::ERASED_NAME;
use crate::app::report_view::ItemView;
use crate::app::work::Look;
use crate::engine::absorption::event::OutcomeEvent;
use crate::engine::absorption::population::Denominator;
use crate::engine::absorption::status::proof_of;
use crate::engine::day::Zone;
use crate::engine::id::{EmployerId, GraduateId, PersonId};
use crate::engine::kinds::{Contract, EvidenceLevel};
use crate::engine::money::WageUnit;
use crate::sheet::table::Cell;
use crate::sheet::write::ColumnKind;
use crate::store::entity::outcome_event;
use crate::store::exports;
use crate::store::outcomes::{employer_names, event_of};
use crate::words::report::{Header, ListText, ReportText, meaning};
use crate::words::{Language, Say as _};

impl Look<'_> {
    /// Every event the actor sees, by date, with how well it is proved today.
    pub(in crate::app) async fn outcomes_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let rows = exports::outcomes(self.db(), &self.scope()).await?;
        let ids: Vec<GraduateId> = rows.iter().map(|row| row.graduate_id).collect();
        let names: FxHashMap<GraduateId, String> =
            exports::graduates_named(self.db(), &ids).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let employers: Vec<EmployerId> = rows.iter().filter_map(|row| row.employer_id).collect();
        let employers = employer_names(self.db(), &employers).await?;
        let mut events: FxHashMap<PersonId, Vec<OutcomeEvent>> = FxHashMap::default();
        for row in &rows {
            events.entry(row.person_id).or_default().push(event_of(row));
        }
        let line = |row: &outcome_event::Model| {
            let proof = events.get(&row.person_id).and_then(|own| proof_of(own, row.id));
            let name = names.get(&row.graduate_id).filter(|name| !name.is_empty()).map_or(ERASED_NAME, String::as_str);
            let employer = row.employer_id.and_then(|id| employers.get(&id)).or(row.employer_name.as_ref());
            vec![
                Cell::text(name),
                Cell::text(row.act.code()),
                Cell::text(row.kind.say(ask.language)),
                Cell::Date(row.happened_on),
                Cell::Date(Zone::Wib.day_of(row.recorded_at)),
                Cell::text(row.source.code()),
                text(proof.map(EvidenceLevel::code)),
                text(employer.map(String::as_str)),
                text(row.job_text.as_deref()),
                text(row.contract.map(Contract::code)),
                row.wage.map_or(Cell::Empty, Cell::integer),
                text(row.wage_unit.map(WageUnit::code)),
            ]
        };
        let headers = [
            (Header::Name, ColumnKind::Text),
            (Header::Act, ColumnKind::Text),
            (Header::Kind, ColumnKind::Text),
            (Header::On, ColumnKind::Date),
            (Header::EnteredOn, ColumnKind::Date),
            (Header::Source, ColumnKind::Text),
            (Header::Evidence, ColumnKind::Text),
            (Header::Employer, ColumnKind::Text),
            (Header::Job, ColumnKind::Text),
            (Header::Contract, ColumnKind::Text),
            (Header::Wage, ColumnKind::Money),
            (Header::WageUnit, ColumnKind::Text),
        ];
        let people = rows.iter().map(|row| row.person_id).collect();
        Ok(Listed { columns: columns(ask.language, &headers), rows: rows.iter().map(line).collect(), notes: Vec::new(), people })
    }

    /// The report of absorption, a row a slice and one for everyone, with its meaning in the notes.
    pub(in crate::app) async fn absorption_listed(&self, ask: &ExportAsk) -> Result<Listed, AppError> {
        let report = self.absorption(&ask.report).await?;
        let headers: Vec<(Header, ColumnKind)> = [
            Header::Denominator,
            Header::Verified,
            Header::Reported,
            Header::Lower,
            Header::Upper,
            Header::Responded,
            Header::Unknown,
            Header::Disputed,
            Header::NotDue,
            Header::Direct,
        ]
        .into_iter()
        .map(|header| (header, ColumnKind::Integer))
        .collect();
        let mut all = vec![(Header::Slice, ColumnKind::Text)];
        all.extend(headers);
        all.extend([(Header::Rate, ColumnKind::Text), (Header::Target, ColumnKind::Text)]);
        let rows = report.items.iter().chain([&report.totals]).map(|item| slice_line(item, ask.language)).collect();
        let (asked, limits) = (&report.asked, &report.meaning);
        let words = meaning(
            ask.language,
            Denominator::parse(&asked.denominator).unwrap_or(Denominator::Passed),
            asked.as_of,
            asked.checkpoint,
            (limits.freshness_days, limits.direct_days, limits.attended_percent),
        );
        let notes = vec![
            (ListText::ReportDay.say(ask.language), crate::words::dates::day(asked.as_of, ask.language)),
            (ListText::Definition.say(ask.language), words),
        ];
        Ok(Listed { columns: columns(ask.language, &all), rows, notes, people: Vec::new() })
    }
}

fn slice_line(item: &ItemView, language: Language) -> Vec<Cell> {
    let numbers = &item.numbers;
    let name = match &item.slice {
        None => ReportText::Total.say(language),
        Some(slice) => slice.label.clone().or_else(|| slice.id.clone()).unwrap_or_else(|| ReportText::Unset.say(language)),
    };
    let counts = [
        numbers.denominator,
        numbers.verified,
        numbers.reported,
        numbers.lower,
        numbers.upper,
        numbers.responded,
        numbers.unknown,
        numbers.disputed,
        numbers.not_due,
        numbers.direct,
    ];
    let mut cells = vec![Cell::text(name)];
    cells.extend(counts.map(|count| Cell::integer(count.into())));
    cells.push(text(numbers.rate_hundredths.map(|rate| percent(rate, language)).as_deref()));
    cells.push(text(item.target_hundredths.map(|target| percent(target, language)).as_deref()));
    cells
}

/// Hundredths of a percent as people write them: `61,54 %` or `61.54%`.
fn percent(hundredths: u32, language: Language) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match language {
        Language::Indonesian => format!("{whole},{rest:02} %"),
        Language::English => format!("{whole}.{rest:02}%"),
    }
}
