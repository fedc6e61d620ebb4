-- What the study stands on, from specs/ alone. Each row says its source, and whether it is verified.

CREATE TABLE core_plan_item (
    plan_id     VARCHAR NOT NULL,
    code        VARCHAR NOT NULL,
    parent_code VARCHAR,
    level       VARCHAR NOT NULL,
    title_th    VARCHAR NOT NULL,
    be_from     INTEGER NOT NULL,
    be_to       INTEGER NOT NULL,
    is_verified BOOLEAN NOT NULL,
    source      VARCHAR NOT NULL,
    PRIMARY KEY (plan_id, code)
);
COMMENT ON TABLE core_plan_item IS 'one row per item of a plan; the plan itself is its item without parent';
COMMENT ON COLUMN core_plan_item.plan_id IS 'plan: njamp_3 and njamp_4 are the national justice administration master plans';
COMMENT ON COLUMN core_plan_item.code IS 'item in its plan: 0 the plan itself, x a title that is not known yet';
COMMENT ON COLUMN core_plan_item.parent_code IS 'item that it belongs to; NULL for the plan itself';
COMMENT ON COLUMN core_plan_item.level IS 'แผน, ยุทธศาสตร์, มิติ, ประเด็น, เป้าหมาย or แนวทาง';
COMMENT ON COLUMN core_plan_item.title_th IS 'title as published; รอยืนยัน where it is not verified';
COMMENT ON COLUMN core_plan_item.be_from IS 'first fiscal year in which the plan is in force, Buddhist';
COMMENT ON COLUMN core_plan_item.be_to IS 'last fiscal year in which the plan is in force, Buddhist';
COMMENT ON COLUMN core_plan_item.is_verified IS 'whether the title is verified with its source';
COMMENT ON COLUMN core_plan_item.source IS 'where the title is from';

CREATE TABLE core_agency (
    agency_code     VARCHAR PRIMARY KEY,
    name_th         VARCHAR NOT NULL,
    short_forms     VARCHAR,
    followed_by     VARCHAR NOT NULL,
    group_th        VARCHAR NOT NULL,
    is_figures_only BOOLEAN NOT NULL,
    is_verified     BOOLEAN NOT NULL,
    source          VARCHAR NOT NULL
);
COMMENT ON TABLE core_agency IS 'one row per kind of agency of the justice system of a province';
COMMENT ON COLUMN core_agency.agency_code IS 'kind of agency';
COMMENT ON COLUMN core_agency.name_th IS 'name without that of the province';
COMMENT ON COLUMN core_agency.short_forms IS 'short forms and other names, with | between them';
COMMENT ON COLUMN core_agency.followed_by IS 'what follows the name: province, place, number or none';
COMMENT ON COLUMN core_agency.group_th IS 'group of agencies, in Thai';
COMMENT ON COLUMN core_agency.is_figures_only IS 'whether it is independent, so that only its figures are used: the courts';
COMMENT ON COLUMN core_agency.is_verified IS 'whether the names are verified';
COMMENT ON COLUMN core_agency.source IS 'where the names are from';

CREATE TABLE core_expense_category (
    code        VARCHAR PRIMARY KEY,
    name_th     VARCHAR NOT NULL,
    parent_code VARCHAR,
    words       VARCHAR,
    group_th    VARCHAR NOT NULL,
    is_verified BOOLEAN NOT NULL,
    source      VARCHAR NOT NULL
);
COMMENT ON TABLE core_expense_category IS 'one row per expense category';
COMMENT ON COLUMN core_expense_category.code IS 'expense category';
COMMENT ON COLUMN core_expense_category.name_th IS 'official name';
COMMENT ON COLUMN core_expense_category.parent_code IS 'the one of the five that it belongs to; NULL for these and for other splits';
COMMENT ON COLUMN core_expense_category.words IS 'other words for it, with | between them';
COMMENT ON COLUMN core_expense_category.group_th IS 'the split that it is part of; two splits are never added';
COMMENT ON COLUMN core_expense_category.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_expense_category.source IS 'where it is from';

CREATE TABLE core_fund_source (
    code        VARCHAR PRIMARY KEY,
    name_th     VARCHAR NOT NULL,
    words       VARCHAR,
    group_th    VARCHAR NOT NULL,
    is_verified BOOLEAN NOT NULL,
    source      VARCHAR NOT NULL
);
COMMENT ON TABLE core_fund_source IS 'one row per source of funds';
COMMENT ON COLUMN core_fund_source.code IS 'source of funds';
COMMENT ON COLUMN core_fund_source.name_th IS 'name';
COMMENT ON COLUMN core_fund_source.words IS 'other words for it, with | between them';
COMMENT ON COLUMN core_fund_source.group_th IS 'group of sources, in Thai';
COMMENT ON COLUMN core_fund_source.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_fund_source.source IS 'where it is from';

CREATE TABLE core_province_group (
    scheme        VARCHAR NOT NULL,
    group_code    VARCHAR NOT NULL,
    group_name_th VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL,
    valid_from    DATE,
    valid_to      DATE,
    is_verified   BOOLEAN NOT NULL,
    source        VARCHAR NOT NULL,
    PRIMARY KEY (scheme, province_code)
);
COMMENT ON TABLE core_province_group IS 'one row per scheme of groups and province that is in a group of it';
COMMENT ON COLUMN core_province_group.scheme IS 'cluster18, region4, region6 or police_region: they are different divisions';
COMMENT ON COLUMN core_province_group.group_code IS 'group in its scheme';
COMMENT ON COLUMN core_province_group.group_name_th IS 'name of the group';
COMMENT ON COLUMN core_province_group.province_code IS 'province; Bangkok is in no cluster';
COMMENT ON COLUMN core_province_group.valid_from IS 'first day; NULL where it is not known';
COMMENT ON COLUMN core_province_group.valid_to IS 'last day; NULL where it still holds';
COMMENT ON COLUMN core_province_group.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_province_group.source IS 'where it is from';

CREATE TABLE core_fiscal_year_note (
    fiscal_year_be INTEGER NOT NULL,
    note_th        VARCHAR NOT NULL,
    is_verified    BOOLEAN NOT NULL,
    source         VARCHAR NOT NULL
);
COMMENT ON TABLE core_fiscal_year_note IS 'one row per thing to know of a fiscal year before it is compared';
COMMENT ON COLUMN core_fiscal_year_note.fiscal_year_be IS 'fiscal year, Buddhist';
COMMENT ON COLUMN core_fiscal_year_note.note_th IS 'what to know, in Thai';
COMMENT ON COLUMN core_fiscal_year_note.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_fiscal_year_note.source IS 'where it is from';

CREATE TABLE core_spending_target (
    fiscal_year_be INTEGER NOT NULL,
    quarter        VARCHAR NOT NULL,
    scope_th       VARCHAR NOT NULL,
    measure        VARCHAR NOT NULL,
    target_pct     DECIMAL(5, 2) NOT NULL,
    is_verified    BOOLEAN NOT NULL,
    source         VARCHAR NOT NULL,
    PRIMARY KEY (fiscal_year_be, quarter, scope_th, measure)
);
COMMENT ON TABLE core_spending_target IS 'one row per fiscal year, quarter, scope and measure that has a target';
COMMENT ON COLUMN core_spending_target.fiscal_year_be IS 'fiscal year, Buddhist';
COMMENT ON COLUMN core_spending_target.quarter IS 'Q1-Q4: to the end of that quarter';
COMMENT ON COLUMN core_spending_target.scope_th IS 'ภาพรวม, ประจำ or ลงทุน';
COMMENT ON COLUMN core_spending_target.measure IS 'disbursed or spent';
COMMENT ON COLUMN core_spending_target.target_pct IS 'percent of the budget, from the beginning of the year';
COMMENT ON COLUMN core_spending_target.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_spending_target.source IS 'where it is from';

CREATE TABLE core_deflator (
    year_be     INTEGER NOT NULL,
    index       DECIMAL(10, 4) NOT NULL,
    base        VARCHAR NOT NULL,
    is_verified BOOLEAN NOT NULL,
    source      VARCHAR NOT NULL,
    PRIMARY KEY (year_be, base)
);
COMMENT ON TABLE core_deflator IS 'one row per year and base of a price index; no row where no source gives one';
COMMENT ON COLUMN core_deflator.year_be IS 'fiscal year, Buddhist';
COMMENT ON COLUMN core_deflator.index IS 'price level, 100 in the base year';
COMMENT ON COLUMN core_deflator.base IS 'base year and kind of index';
COMMENT ON COLUMN core_deflator.is_verified IS 'whether it is verified';
COMMENT ON COLUMN core_deflator.source IS 'where it is from';

CREATE TABLE core_tag (
    tag_code    VARCHAR PRIMARY KEY,
    name_th     VARCHAR NOT NULL,
    theme       VARCHAR NOT NULL,
    theme_th    VARCHAR NOT NULL,
    is_verified BOOLEAN NOT NULL,
    source      VARCHAR NOT NULL
);
COMMENT ON TABLE core_tag IS 'one row per tag: a subject that projects have';
COMMENT ON COLUMN core_tag.tag_code IS 'tag';
COMMENT ON COLUMN core_tag.name_th IS 'Thai name';
COMMENT ON COLUMN core_tag.theme IS 'theme that it is part of, the same as that of indicators';
COMMENT ON COLUMN core_tag.theme_th IS 'Thai name of the theme';
COMMENT ON COLUMN core_tag.is_verified IS 'whether somebody of the justice system names the subject so';
COMMENT ON COLUMN core_tag.source IS 'where it is from';
