//! What the installation knows of units, regions and wages: the facts in the binary, overlaid by imports.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::app::error::AppError;
use crate::app::meanings::{Meanings, Remembered, UNIT, codes_of};
use crate::app::occupations::{Jobs, OCCUPATION};
use crate::app::policies::Policies;
use crate::engine::catalogue::{Catalogue, Equivalence, Unit};
use crate::engine::esco::{LinkStanding, related_families};
use crate::engine::facts::{RegionFact, SchemeFact, WageFact};
use crate::engine::geo::{Point, RegionCode};
use crate::engine::id::OfficeId;
use crate::engine::money::Rupiah;
use crate::engine::regions::Regions;
use crate::engine::resolve::{Lexicon, Resolver};
use crate::engine::unit_code::UnitCode;
use crate::store::database::Connection;
use crate::store::entity::{confirmation, minimum_wage, region, scheme, unit, unit_link};
use crate::store::{catalogue, esco};

/// Units, regions and wages as they are now. Immutable: a change makes a new one.
#[derive(Debug)]
pub struct Knowledge {
    /// Competency units and schemes.
    pub catalogue: Arc<Catalogue>,
    /// Regions and minimum wages.
    pub regions: Arc<Regions>,
    /// Scoring policies in force.
    pub policies: Policies,
    remembered: Remembered<Vec<UnitCode>>,
    remembered_jobs: Remembered<String>,
    /// Indexing the catalogue takes longer than a request should, so it is done once a catalogue, when first asked.
    resolver: Arc<OnceLock<Resolver>>,
}

impl Knowledge {
    /// The facts in the binary overlaid by the rows of a database.
    pub(in crate::app) async fn load<C: Connection>(db: &C) -> Result<Self, AppError> {
        let links = catalogue::links(db).await?;
        let catalogue = Catalogue::starter()
            .with_units(catalogue::units(db).await?.iter().filter_map(unit_of))
            .with_equivalences(links.iter().filter_map(link_of))
            .with_schemes(catalogue::schemes(db).await?.into_iter().map(scheme_of))
            .with_related(related(db).await?);
        let starter = Regions::starter();
        let imported: Vec<RegionFact> = catalogue::regions(db).await?.iter().filter_map(|row| region_of(row, &starter)).collect();
        let wages: Vec<WageFact> = catalogue::wages(db).await?.iter().filter_map(wage_of).collect();
        let regions = Arc::new(starter.with_regions(imported).with_wages(wages));
        let confirmed = catalogue::confirmations(db, None).await?;
        let (remembered, remembered_jobs) = remembered_in(&confirmed);
        let policies = Policies::load(db).await?;
        Ok(Self { catalogue: Arc::new(catalogue), regions, policies, remembered, remembered_jobs, resolver: Arc::default() })
    }

    /// The same knowledge with what offices remember and the policies they set read anew.
    pub(in crate::app) async fn reminded<C: Connection>(&self, db: &C) -> Result<Self, AppError> {
        let confirmed = catalogue::confirmations(db, None).await?;
        let (remembered, remembered_jobs) = remembered_in(&confirmed);
        let (catalogue, regions, resolver) = (self.catalogue.clone(), self.regions.clone(), self.resolver.clone());
        let policies = Policies::load(db).await?;
        Ok(Self { catalogue, regions, policies, remembered, remembered_jobs, resolver })
    }

    /// Which occupations job texts mean to an office; its own decisions win.
    #[must_use]
    pub fn jobs(&self, office: Option<OfficeId>) -> Jobs<'_> {
        Jobs { remembered: &self.remembered_jobs, office }
    }

    /// What texts mean to an office; its own decisions win.
    #[must_use]
    pub fn meanings(&self, office: Option<OfficeId>) -> Meanings<'_> {
        let resolver = self.resolver.get_or_init(|| Resolver::new(&self.catalogue, &Lexicon::starter(), []));
        Meanings { resolver, catalogue: &self.catalogue, remembered: &self.remembered, office }
    }

    /// A region's name, or its code where the name is not known.
    #[must_use]
    pub fn region_name(&self, code: &str) -> String {
        RegionCode::parse(code).and_then(|code| self.regions.get(&code).map(|fact| fact.name.clone())).unwrap_or_else(|| code.to_owned())
    }

    /// The title of a unit, or its code where it is not in the catalogue.
    #[must_use]
    pub fn unit_title(&self, code: &UnitCode) -> String {
        self.catalogue.get(code).map_or_else(|| code.as_str().to_owned(), |unit| unit.title.clone())
    }
}

/// Which families of units are related, by the links that staff accepted.
async fn related<C: Connection>(db: &C) -> Result<BTreeMap<String, BTreeSet<String>>, AppError> {
    let links = esco::links(db, Some(LinkStanding::Accepted)).await?;
    let taught: Vec<(UnitCode, String)> =
        links.into_iter().filter_map(|link| Some((UnitCode::parse(&link.unit_code)?, link.skill_uri))).collect();
    let skills: BTreeSet<String> = taught.iter().map(|(_, skill)| skill.clone()).collect();
    Ok(related_families(&taught, &esco::broader_among(db, &skills).await?))
}

/// What offices remember about units, and about job texts.
fn remembered_in(confirmed: &[confirmation::Model]) -> (Remembered<Vec<UnitCode>>, Remembered<String>) {
    (Remembered::of(confirmed, UNIT, codes_of), Remembered::of(confirmed, OCCUPATION, |kbji| Some(kbji.to_owned())))
}

fn unit_of(row: &unit::Model) -> Option<Unit> {
    let unit = Unit::new(&row.written, &row.title, row.sector.as_deref().unwrap_or_default())?;
    Some(Unit { decree: row.decree.clone(), ..unit })
}

fn link_of(row: &unit_link::Model) -> Option<Equivalence> {
    Some(Equivalence {
        left: UnitCode::parse(&row.left_code)?,
        right: UnitCode::parse(&row.right_code)?,
        factor_hundredths: u16::try_from(row.factor_hundredths).ok()?,
        reviewed: row.reviewed,
    })
}

fn scheme_of(row: scheme::Model) -> SchemeFact {
    SchemeFact {
        code: row.code,
        title: row.title,
        kind: row.kind.unwrap_or_default(),
        field: row.sector.unwrap_or_default(),
        profession: String::new(),
    }
}

fn region_of(row: &region::Model, known: &Regions) -> Option<RegionFact> {
    let code = RegionCode::parse(&row.code)?;
    let regency = known.regency_of(&code).map(|fact| fact.name.clone()).unwrap_or_default();
    let province = RegionCode::parse(code.province()).and_then(|code| known.get(&code).map(|fact| fact.name.clone())).unwrap_or_default();
    let point = Point { latitude: row.latitude?, longitude: row.longitude? };
    Some(RegionFact { code, name: row.name.clone(), regency, province, point })
}

fn wage_of(row: &minimum_wage::Model) -> Option<WageFact> {
    Some(WageFact {
        region: RegionCode::parse(&row.region_code)?,
        year: row.year,
        sector: Some(row.sector.clone()).filter(|sector| !sector.is_empty()),
        amount: Rupiah::new(row.amount)?,
        valid_from: row.valid_from,
        basis: row.basis.clone().unwrap_or_default(),
    })
}
