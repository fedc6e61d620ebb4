-- What the analysis makes of names and of projects: filled after the check, from core_ tables and specs/.

CREATE TABLE core_agency_name (
    agency_name   VARCHAR PRIMARY KEY,
    agency_code   VARCHAR,
    match_type    VARCHAR NOT NULL CHECK (match_type IN ('name', 'short', 'bare', 'start', 'ambiguous', 'unknown')),
    province_code VARCHAR,
    candidates    VARCHAR
);
COMMENT ON TABLE core_agency_name IS 'one row per spelling of an agency in core_project';
COMMENT ON COLUMN core_agency_name.agency_name IS 'as in core_project';
COMMENT ON COLUMN core_agency_name.agency_code IS 'kind of agency; NULL where it is not resolved';
COMMENT ON COLUMN core_agency_name.match_type IS 'name: its whole name; short: a short form; bare: its name without office or province; start: the name and then a place; ambiguous: several kinds have this name; unknown';
COMMENT ON COLUMN core_agency_name.province_code IS 'province that the name holds; NULL where it holds none';
COMMENT ON COLUMN core_agency_name.candidates IS 'the kinds that have this name, where it is ambiguous, with | between them';

CREATE TABLE core_category_name (
    category   VARCHAR PRIMARY KEY,
    code       VARCHAR,
    match_type VARCHAR NOT NULL CHECK (match_type IN ('name', 'word', 'part', 'ambiguous', 'unknown')),
    candidates VARCHAR
);
COMMENT ON TABLE core_category_name IS 'one row per spelling of an expense category in core_amount, core_project or core_budget_line';
COMMENT ON COLUMN core_category_name.category IS 'as received';
COMMENT ON COLUMN core_category_name.code IS 'of core_expense_category; NULL where it is not resolved';
COMMENT ON COLUMN core_category_name.match_type IS 'name, word: a listed word for it; part: it holds one name; ambiguous: it holds several; unknown';
COMMENT ON COLUMN core_category_name.candidates IS 'those that it holds, where it is ambiguous, with | between them';

CREATE TABLE core_fund_source_name (
    fund_source VARCHAR PRIMARY KEY,
    code        VARCHAR,
    match_type  VARCHAR NOT NULL CHECK (match_type IN ('name', 'word', 'part', 'ambiguous', 'unknown')),
    candidates  VARCHAR
);
COMMENT ON TABLE core_fund_source_name IS 'one row per spelling of a source of funds in core_amount or core_project';
COMMENT ON COLUMN core_fund_source_name.fund_source IS 'as received';
COMMENT ON COLUMN core_fund_source_name.code IS 'of core_fund_source; NULL where it is not resolved';
COMMENT ON COLUMN core_fund_source_name.match_type IS 'name, word: a listed word for it; part: it holds one name; ambiguous: it holds several; unknown';
COMMENT ON COLUMN core_fund_source_name.candidates IS 'those that it holds, where it is ambiguous, with | between them';

CREATE TABLE core_project_tag (
    project_id VARCHAR NOT NULL,
    tag_code   VARCHAR NOT NULL,
    how        VARCHAR NOT NULL CHECK (how IN ('rule', 'settled')),
    words      VARCHAR
);
COMMENT ON TABLE core_project_tag IS 'one row per project and tag that it has';
COMMENT ON COLUMN core_project_tag.project_id IS 'project';
COMMENT ON COLUMN core_project_tag.tag_code IS 'tag';
COMMENT ON COLUMN core_project_tag.how IS 'rule: by words of the project; settled: an analyst said so in alignment.csv';
COMMENT ON COLUMN core_project_tag.words IS 'the words that decided, with | between them; NULL where an analyst did';

CREATE TABLE core_project_alignment (
    project_id  VARCHAR NOT NULL,
    plan_id     VARCHAR NOT NULL,
    item_code   VARCHAR,
    how         VARCHAR NOT NULL CHECK (how IN ('column', 'rule', 'settled', 'unsure')),
    words       VARCHAR,
    candidates  VARCHAR,
    is_in_force BOOLEAN NOT NULL,
    settled_by  VARCHAR
);
COMMENT ON TABLE core_project_alignment IS 'one row per project and plan that has verified items';
COMMENT ON COLUMN core_project_alignment.project_id IS 'project';
COMMENT ON COLUMN core_project_alignment.plan_id IS 'plan';
COMMENT ON COLUMN core_project_alignment.item_code IS 'item of the plan; NULL where unsure, or where an analyst settled that none fits';
COMMENT ON COLUMN core_project_alignment.how IS 'column: its own column names the item; rule: by its words; settled: an analyst said so in alignment.csv; unsure';
COMMENT ON COLUMN core_project_alignment.words IS 'the words that decided, or that spoke for the candidates, with | between them';
COMMENT ON COLUMN core_project_alignment.candidates IS 'items that words speak for but not clearly, with | between them; NULL where none';
COMMENT ON COLUMN core_project_alignment.is_in_force IS 'whether the plan is in force in the fiscal year of the project; false too where the year is not known';
COMMENT ON COLUMN core_project_alignment.settled_by IS 'line of alignment.csv, why and when; who stands there';
