# ทุกเป้าหมายสร้าง .venv/ เองเมื่อยังไม่มีหรือเก่ากว่า requirements.lock   ต้องมีเพียง Python 3.11+ และ GNU Make
RAW ?= raw_data
OUT ?= outputs
PROVINCES ?=
FY ?=
JOBS ?= 2
export SCHEDULER ?=

# Python ของระบบมาก่อนเมื่อใช้ได้: คอมไพล์แบบ PGO อ่านสมุดงานเร็วกว่าตัวที่คอมไพล์เองโดยทั่วไปราวหนึ่งในสิบ
PYTHON ?= $(shell for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
RUN := .venv/bin/python -m pipeline
OPTIONS = --raw "$(RAW)" --out "$(OUT)" --jobs $(JOBS) $(foreach code,$(PROVINCES),--province $(code)) $(if $(FY),--fiscal-year $(FY))
# 0 เสร็จเรียบร้อย และ 3 เสร็จแต่มีรายการที่ควรดู ถือว่าสำเร็จ
OR_ATTENTION = || { code=$$?; test $$code -eq 3 || exit $$code; }

.DEFAULT_GOAL := help
.PHONY: help refresh ingest check briefs status rollback doctor schedule unschedule templates export explore test lint bench audit licences clean

help: ## แสดงเป้าหมายทั้งหมด
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 12

refresh: .venv/.ready ## ทำทุกขั้น: นำเข้า ตรวจ จัดทำรายงาน และเผยแพร่
	@$(RUN) refresh $(OPTIONS) $(OR_ATTENTION)

ingest: .venv/.ready ## ขั้นที่ 1: อ่านทุกไฟล์ใน RAW ลงคลังข้อมูล
	@$(RUN) ingest $(OPTIONS) $(OR_ATTENTION)

check: .venv/.ready ## ขั้นที่ 2: ตรวจคลังข้อมูลตามกฎทุกข้อ
	@$(RUN) check $(OPTIONS) $(OR_ATTENTION)

briefs: .venv/.ready ## ขั้นที่ 3: จัดทำรายงานรายจังหวัดและเผยแพร่
	@$(RUN) briefs $(OPTIONS) $(OR_ATTENTION)

status: .venv/.ready ## อะไรเผยแพร่แล้ว อะไรรออยู่ อะไรถูกปฏิเสธเพราะอะไร
	@$(RUN) status $(OPTIONS) $(OR_ATTENTION)

doctor: .venv/.ready ## เครื่องนี้มีอะไรต้องแก้ และแก้อย่างไร
	@$(RUN) doctor $(OPTIONS) $(OR_ATTENTION)

schedule: .venv/.ready ## ให้เครื่องทำ refresh เองทุกคืน
	@$(RUN) schedule $(OPTIONS)

unschedule: .venv/.ready ## เลิกให้เครื่องทำ refresh เอง
	@$(RUN) unschedule --out "$(OUT)"

rollback: .venv/.ready ## ย้อนกลับไปเผยแพร่ฉบับก่อนหน้า
	@$(RUN) rollback --out "$(OUT)"

templates: .venv/.ready ## เขียนสมุดงานเปล่าให้จังหวัดกรอก จังหวัดละหนึ่งเล่ม
	@$(RUN) templates $(OPTIONS) $(OR_ATTENTION)

export: .venv/.ready ## เขียนฉบับที่เผยแพร่เป็นชุดข้อมูลเปิด (CSV และ Parquet พร้อมคำอธิบาย)
	@$(RUN) export --out "$(OUT)"

explore: .venv/.explore ## เปิด JupyterLab บนฉบับที่เผยแพร่ (อ่านอย่างเดียว)
	@$(RUN) explore --out "$(OUT)"

test: .venv/.ready ## รันชุดทดสอบทั้งหมด
	@$(RUN) test --jobs $(JOBS)

lint: .venv/.ready ## ตรวจรูปแบบและชนิดข้อมูลของโปรแกรม
	@$(RUN) lint

bench: .venv/.ready ## วัดความเร็วของการนำเข้า เทียบกับการอ่านช่องเดียวกันอย่างเดียว และของรายงาน เทียบกับ papermill
	@$(RUN) bench --jobs $(JOBS)

audit: .venv/.ready ## ไลบรารีใดใน lock มีช่องโหว่ที่รู้จัก (ใช้เครือข่าย)
	@$(RUN) audit

licences: .venv/.ready ## ไลบรารีที่ติดตั้งและสัญญาอนุญาต
	@$(RUN) licences

clean: .venv/.ready ## ลบงานที่ทำค้างและแคช (ไม่ลบฉบับที่เผยแพร่)
	@$(RUN) clean --out "$(OUT)"

.venv/.ready: requirements.lock
	@test -n "$(PYTHON)" || { echo "ต้องมี Python 3.11 ขึ้นไปพร้อม venv (Python 3.11+ with venv is needed): ติดตั้งแล้วพิมพ์ make อีกครั้ง" >&2; exit 1; }
	@echo "กำลังเตรียม .venv/ (ครั้งแรกใช้เวลาสองสามนาที)" >&2
	@rm -rf .venv && "$(PYTHON)" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	@.venv/bin/python -c 'import pathlib, sysconfig; pathlib.Path(sysconfig.get_path("purelib"), "project.pth").write_text(str(pathlib.Path.cwd()) + chr(10), encoding="utf-8")'
	@touch .venv/.ready

# JupyterLab ใหญ่ จึงติดตั้งเมื่อเรียกใช้ครั้งแรกเท่านั้น
.venv/.explore: .venv/.ready notebooks/requirements.lock
	@echo "กำลังติดตั้ง JupyterLab (ครั้งแรกเท่านั้น)" >&2
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r notebooks/requirements.lock
	@touch .venv/.explore
