-- What the views for people read beside the data: limits and lists of specs/study.yml, and what the analyse stage works out.

CREATE TABLE core_setting (
    setting VARCHAR PRIMARY KEY,
    value   DOUBLE NOT NULL,
    note_th VARCHAR NOT NULL
);
COMMENT ON TABLE core_setting IS 'one row per limit that views use, from specs/study.yml';
COMMENT ON COLUMN core_setting.setting IS 'name of the limit';
COMMENT ON COLUMN core_setting.value IS 'the limit';
COMMENT ON COLUMN core_setting.note_th IS 'what it is for, in Thai';

CREATE TABLE core_unit (
    unit        VARCHAR PRIMARY KEY,
    is_additive BOOLEAN NOT NULL,
    is_event    BOOLEAN NOT NULL
);
COMMENT ON TABLE core_unit IS 'one row per unit that figures of provinces may be added in';
COMMENT ON COLUMN core_unit.unit IS 'unit';
COMMENT ON COLUMN core_unit.is_additive IS 'whether figures of provinces add up';
COMMENT ON COLUMN core_unit.is_event IS 'whether it counts events or persons';

CREATE TABLE core_rate_base (
    rate_order       INTEGER PRIMARY KEY,
    pattern          VARCHAR NOT NULL,
    unit             VARCHAR NOT NULL,
    denominator_code VARCHAR NOT NULL,
    rate_per         DOUBLE NOT NULL
);
COMMENT ON TABLE core_rate_base IS 'one row per indicator, or family of them, that is set against another as a rate; the first that fits';
COMMENT ON COLUMN core_rate_base.rate_order IS 'place in the list, from 1';
COMMENT ON COLUMN core_rate_base.pattern IS 'code of the indicator, * for any letters';
COMMENT ON COLUMN core_rate_base.unit IS 'unit that it must be counted in';
COMMENT ON COLUMN core_rate_base.denominator_code IS 'indicator, in persons, that it is set against';
COMMENT ON COLUMN core_rate_base.rate_per IS 'per how many of them';

CREATE TABLE core_indicator_part (
    indicator_code VARCHAR NOT NULL,
    part_code      VARCHAR NOT NULL,
    part_kind      VARCHAR NOT NULL CHECK (part_kind IN ('indicator', 'month'))
);
COMMENT ON TABLE core_indicator_part IS 'one row per indicator and indicator that is part of it; of itself where its months add up to its year';
COMMENT ON COLUMN core_indicator_part.indicator_code IS 'the total';
COMMENT ON COLUMN core_indicator_part.part_code IS 'the part';
COMMENT ON COLUMN core_indicator_part.part_kind IS 'indicator or month: what adds up to the total';

CREATE TABLE core_peer_variable (
    variable       VARCHAR PRIMARY KEY,
    variable_order INTEGER NOT NULL,
    name_th        VARCHAR NOT NULL,
    unit           VARCHAR NOT NULL,
    value_code     VARCHAR NOT NULL,
    per_code       VARCHAR,
    times          DOUBLE NOT NULL,
    is_log         BOOLEAN NOT NULL
);
COMMENT ON TABLE core_peer_variable IS 'one row per variable by which provinces are alike';
COMMENT ON COLUMN core_peer_variable.variable IS 'variable';
COMMENT ON COLUMN core_peer_variable.variable_order IS 'place in the list, from 1';
COMMENT ON COLUMN core_peer_variable.name_th IS 'Thai name';
COMMENT ON COLUMN core_peer_variable.unit IS 'unit';
COMMENT ON COLUMN core_peer_variable.value_code IS 'indicator that it is';
COMMENT ON COLUMN core_peer_variable.per_code IS 'indicator of the same year by which that is divided; NULL where it is not';
COMMENT ON COLUMN core_peer_variable.times IS 'by what it is multiplied';
COMMENT ON COLUMN core_peer_variable.is_log IS 'whether logarithms are compared';

CREATE TABLE core_chain_step (
    chain          VARCHAR NOT NULL,
    chain_name     VARCHAR NOT NULL,
    chain_order    INTEGER NOT NULL,
    step           VARCHAR NOT NULL,
    step_name      VARCHAR NOT NULL,
    step_order     INTEGER NOT NULL,
    indicator_code VARCHAR NOT NULL,
    of_step        VARCHAR,
    PRIMARY KEY (chain, step)
);
COMMENT ON TABLE core_chain_step IS 'one row per step of a chain of justice';
COMMENT ON COLUMN core_chain_step.chain IS 'chain';
COMMENT ON COLUMN core_chain_step.chain_name IS 'Thai name of the chain';
COMMENT ON COLUMN core_chain_step.chain_order IS 'place of the chain, from 1';
COMMENT ON COLUMN core_chain_step.step IS 'step';
COMMENT ON COLUMN core_chain_step.step_name IS 'Thai name of the step';
COMMENT ON COLUMN core_chain_step.step_order IS 'place in the chain, from 1';
COMMENT ON COLUMN core_chain_step.indicator_code IS 'indicator that counts it';
COMMENT ON COLUMN core_chain_step.of_step IS 'the step that it may be a share of, where both have one unit; NULL where none';

CREATE TABLE core_word (
    kind VARCHAR NOT NULL,
    word VARCHAR NOT NULL
);
COMMENT ON TABLE core_word IS 'one row per word that tells what a text is like';
COMMENT ON COLUMN core_word.kind IS 'what the word tells: activity, result, unit or baseline of an indicator of success';
COMMENT ON COLUMN core_word.word IS 'word';

CREATE TABLE core_district (
    district_code VARCHAR PRIMARY KEY,
    province_code VARCHAR NOT NULL,
    name_th       VARCHAR NOT NULL
);
COMMENT ON TABLE core_district IS 'one row per district, 928';
COMMENT ON COLUMN core_district.district_code IS '4-digit code of the Department of Provincial Administration';
COMMENT ON COLUMN core_district.province_code IS 'province';
COMMENT ON COLUMN core_district.name_th IS 'Thai name';

CREATE TABLE core_project_district (
    project_id    VARCHAR NOT NULL,
    district_code VARCHAR
);
COMMENT ON TABLE core_project_district IS 'one row per project and district that its place names; NULL where it says the whole province';
COMMENT ON COLUMN core_project_district.project_id IS 'project';
COMMENT ON COLUMN core_project_district.district_code IS 'district';

CREATE TABLE core_name_likeness (
    province_code VARCHAR NOT NULL,
    name_key      VARCHAR NOT NULL,
    like_name_key VARCHAR NOT NULL,
    score         DOUBLE NOT NULL
);
COMMENT ON TABLE core_name_likeness IS 'one row per name of a project that is nearly, and not exactly, an earlier one of its province, with the first such; never merged';
COMMENT ON COLUMN core_name_likeness.province_code IS 'province';
COMMENT ON COLUMN core_name_likeness.name_key IS 'name of a project without its year, blanks and marks between words';
COMMENT ON COLUMN core_name_likeness.like_name_key IS 'the earlier one, written so';
COMMENT ON COLUMN core_name_likeness.score IS 'how alike they are, 0 to 100';

CREATE TABLE core_suppression (
    province_code  VARCHAR,
    area_kind      VARCHAR,
    area           VARCHAR,
    indicator_code VARCHAR NOT NULL,
    year_be        INTEGER NOT NULL,
    period_basis   VARCHAR NOT NULL,
    period         VARCHAR NOT NULL,
    why            VARCHAR NOT NULL CHECK (why IN ('small', 'complement', 'margin'))
);
COMMENT ON TABLE core_suppression IS 'one row per figure of a sensitive indicator, of a province or an area, that is not shown';
COMMENT ON COLUMN core_suppression.province_code IS 'province; NULL for an area';
COMMENT ON COLUMN core_suppression.area_kind IS 'cluster, region or nation; NULL for a province';
COMMENT ON COLUMN core_suppression.area IS 'area; NULL for a province';
COMMENT ON COLUMN core_suppression.indicator_code IS 'indicator';
COMMENT ON COLUMN core_suppression.year_be IS 'year, Buddhist';
COMMENT ON COLUMN core_suppression.period_basis IS 'FY, CY, AY or point';
COMMENT ON COLUMN core_suppression.period IS 'year, quarter or month';
COMMENT ON COLUMN core_suppression.why IS 'small: below the limit; complement: else a small one could be worked out; margin: a total from which one could';

CREATE TABLE core_previous_figure (
    figure        VARCHAR NOT NULL,
    province_code VARCHAR,
    code          VARCHAR NOT NULL,
    year_be       INTEGER NOT NULL,
    period_basis  VARCHAR NOT NULL,
    period        VARCHAR NOT NULL,
    value         DECIMAL(38, 6),
    sources       VARCHAR,
    release_name  VARCHAR NOT NULL
);
COMMENT ON TABLE core_previous_figure IS 'one row per figure that the release before showed; columns as in out_figure';
COMMENT ON COLUMN core_previous_figure.figure IS 'project, budget_line or indicator: what it is made of';
COMMENT ON COLUMN core_previous_figure.province_code IS 'province; NULL for the nation';
COMMENT ON COLUMN core_previous_figure.code IS 'measure, stage or indicator';
COMMENT ON COLUMN core_previous_figure.year_be IS 'year, Buddhist';
COMMENT ON COLUMN core_previous_figure.period_basis IS 'FY, CY, AY or point';
COMMENT ON COLUMN core_previous_figure.period IS 'year, quarter or month';
COMMENT ON COLUMN core_previous_figure.value IS 'baht, or in the unit of the indicator; NULL where it is not shown';
COMMENT ON COLUMN core_previous_figure.sources IS 'digests of the content of the files that it stands on, in order';
COMMENT ON COLUMN core_previous_figure.release_name IS 'the release before';
