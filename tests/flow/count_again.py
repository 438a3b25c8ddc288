#!/usr/bin/env python3
"""Counts the rows of the county's report again, from `lianxinctl dump --shelf` alone, by code of its own.

    count_again.py PROGRAM HOME AS_OF [SCOPE ...]

Written from the words of the domain (chapter 3, conventions K1 to K4, 6.1), not from assets/figures. For each
scope (organisation codes; none = every unit with records and those above) the value, the denominator, the
list of records and each part with its list are compared with what `PROGRAM --home HOME --json figures` says;
then the parts of each unit are added up. Says one line for each difference; exit status 1 when there is one.
"""
import calendar
import functools
import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta, timezone


# ---------------------------------------------------------------- the records

class Record:
    def __init__(self, row):
        self.id = row["id"]
        self.of_kind = row["kind"]
        self.scope = row["scopes"][0] if row["scopes"] else ""
        self.fields = {}
        self.heads = {}
        self.aliases = []
        for name, field in row["fields"].items():
            self.heads[name] = field.get("heads", [])
            if name == "alias_of":
                self.aliases = [e for e, v in field.get("elements", {}).items() if v.get("value") == "1"]
            elif "elements" in field:
                held = {e for e, v in field["elements"].items() if v.get("value")}
                if held:
                    self.fields[name] = held
            elif field.get("value"):
                self.fields[name] = field["value"]

    def __getattr__(self, name):
        return self.fields.get(name)

    def get(self, name):  # words of Python: from, to
        return self.fields.get(name)

    def has(self, name, element):
        return element in self.fields.get(name, ())

    def number(self, name):
        return int(self.fields.get(name, "0"))

    @property
    def is_void(self):
        return bool(self.voided) or self.deleted == "1"

    @property
    def day(self):
        return self.occurred_on or self.pushed_on or self.opened_on


def stand_ins(records):
    """Records said to be the same: the smallest id that is not voided stands for all of them."""
    parent = {}

    def top(one):
        while parent.get(one, one) != one:
            one = parent[one]
        return one

    for record in records.values():
        for other in record.aliases:
            if other in records and records[other].of_kind == record.of_kind:
                parent[top(record.id)] = top(other)
    groups = defaultdict(list)
    for record in records:
        groups[top(record)].append(record)
    stands = {}
    for group in groups.values():
        alive = [one for one in group if not records[one].is_void] or group
        for one in group:
            stands[one] = min(alive)
    return stands


def last_day(text):
    """A partial date counts from its last day."""
    if len(text) == 4:
        return text + "-12-31"
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return "%s-%02d" % (text, calendar.monthrange(year, month)[1])
    return text


def add_months(text, months):
    year, month, day = (int(part) for part in text.split("-"))
    month += months
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return "%04d-%02d-%02d" % (year, month, min(day, calendar.monthrange(year, month)[1]))


def add_days(text, days):
    return (date.fromisoformat(text) + timedelta(days)).isoformat()


VERIFIED_ITEMS = ("name", "gender", "ethnic", "id_no", "id_missing_reason", "born_on", "education", "joined_on", "full_on",
                  "member_class", "affiliation_org_id", "affiliation_text", "post_code", "standing", "home_address",
                  "native_place", "home_village_id")
ONE_ACT_MS = 1000  # one act writes a change for each class of fields, one after another
CLASSES_OF_ACT = 4
IN_PERSON = ("door", "venue", "workplace")
MET = ("met", "met_family")
REACHED = ("reached_self", "reached_family")
NOT_THE_MEMBER = ("dest_org", "employer")
CONFIRMED_TABLE = ("village_confirmed", "township_checked", "county_accepted")
COUNTED_STANDING = ("normal", "stopped", "kept", "restored")
HANG_ON_MEMBER = ("mobility_episode", "contact_point", "liaison_assignment", "certificate", "hardship_record", "transfer_request",
                  "support_pair", "duty_role", "contact_group_member")
# What a parameter can be; a switch is 0 or 1.
POSSIBLE = {"mobile_months": (0, 120), "certificate_months": (0, 120), "lost_months": (1, 120), "failed_attempts": (1, 100),
            "contact_interval_days": (1, 3660), "abroad_interval_days": (1, 3660), "close_day": (1, 28)}


class County:
    """All that a laptop holds."""

    def __init__(self, lines):
        self.records = {}
        for line in lines:
            record = Record(json.loads(line))
            self.records[record.id] = record
        self.stands = stand_ins(self.records)
        self.fill_stand_ins()
        self.units = {r.id: r for r in self.records.values() if r.of_kind == "org_unit" and not r.is_void}
        self.by_code = {u.code: u.id for u in self.units.values() if u.code}
        self.as_of = "9999-12-31"  # of the question
        self.was = {}  # of the question: the one that a division is the new number of, before it began
        self.by_kind = defaultdict(list)
        for record in self.records.values():
            if record.is_void or record.duplicate_of or self.stands[record.id] != record.id:
                continue
            self.by_kind[record.of_kind].append(record)

    def fill_stand_ins(self):
        """Of what was entered twice the others say what the one that stands does not, and what hangs on them hangs on it."""
        listed = defaultdict(set)
        for one in sorted(self.records.values(), key=lambda r: (r.fields.get("delivery_id", ""), r.id)):
            for name in ("delivery_id", "visit_id", "resend_of"):
                said = one.fields.get(name)
                if said not in self.records or self.records[said].is_void or one.is_void:
                    continue
                if one.of_kind == "delivery_line":
                    known = listed[self.stands[said], one.material_id]
                    if known - {said}:
                        one.fields["duplicate_of"] = min(known)
                        continue
                    known.add(said)
                one.fields[name] = self.stands[said]
                if self.stands[said] == self.stands[one.id]:
                    del one.fields[name]
        for one in sorted(self.records):
            record, leader = self.records[one], self.records[self.stands[one]]
            if record is leader or record.of_kind not in ("member", "visit", "delivery") or record.is_void:
                continue
            for name, value in record.fields.items():
                if isinstance(value, set):
                    leader.fields[name] = leader.fields.get(name, set()) | value
                else:
                    leader.fields.setdefault(name, value)

    def unit_of(self, record):
        """K4: that of the day; a profile's where it stands; a member's the village whose table lists him, and what hangs on
        him without a unit of its own day is his."""
        if record.of_kind == "org_unit":
            return record.id
        if record.of_kind == "member":
            village, seen, line = record.home_village_id or "", set(), []
            while village in self.units and len(self.units[village].merged_into or ()) == 1 and village not in seen:
                seen.add(village)  # it has gone up in another
                line.append(village)
                village = min(self.units[village].merged_into)
            stood = [u for u in record.former_villages or () if u in self.units and (self.units[u].get("to") or "") >= self.as_of
                     and (self.units[u].get("from") or "") <= self.as_of and village in self.successors(u)]
            if stood:
                # The first merger that had not come yet took him out of it; of those of one day the line's first.
                return min(stood, key=lambda u: (self.units[u].get("to"), -len(self.successors(u)), u))
            for one in line + [village]:  # who was entered late stood in what there was of its line
                unit = self.units.get(one)
                if unit and (unit.get("to") or "") >= self.as_of and (unit.get("from") or "") <= self.as_of:
                    return one
            return self.was.get(village, village)
        if record.of_kind in HANG_ON_MEMBER and not record.org_id_at_event:
            member = self.records.get(self.stands.get(record.member_id, record.member_id))
            stood = self.unit_of(member) if member else ""
            if stood in self.units and self.units[stood].merged_into:  # a merger took him out of it since
                return stood
        return record.org_id_at_event or self.by_code.get(record.scope, "")

    def successors(self, unit):
        found, at = set(), [unit]
        while at:
            for one in (self.units[at[0]].merged_into or () if at[0] in self.units else ()):
                if one not in found:
                    found.add(one)
                    at.append(one)
            at = at[1:]
        return found

    def below(self, unit):
        found, at = {unit}, [unit]
        while at:
            above = at.pop()
            for one in self.units.values():
                if one.parent_id == above and one.id not in found:
                    found.add(one.id)
                    at.append(one.id)
        return found

    def worked_in(self):
        """Codes of the units with records and of those above them, the highest first."""
        found, left = set(), {self.unit_of(r) for r in self.records.values() if r.of_kind != "org_unit"}
        left |= {t.village_id for t in self.by_kind["village_table"]}  # of one that went up in another since
        while left:
            found |= left & set(self.units)
            left = {self.units[u].parent_id for u in left if u in self.units} - found
        return sorted(self.units[u].code for u in found if self.units[u].code)

    def parameter(self, name, as_of, default, unit):
        """Of the unit or the nearest above it that says one, else of nobody in particular; the latest of these."""
        above, at = [], unit
        while at in self.units and at not in above:
            above.append(at)
            at = self.units[at].parent_id
        best = (-1, "", "", default)
        for one in self.by_kind["parameter"]:
            since = one.get("from") or ""
            if one.name != name or since > as_of or (one.org_id and one.org_id not in above) or not (one.value or "").isdigit():
                continue
            near = len(above) - above.index(one.org_id) if one.org_id else 0
            best = max(best, (near, since, one.id, one.value))
        least, most = POSSIBLE.get(name, (0, 1))
        return best[3] if least <= int(best[3]) <= most else default

    def changed_after(self, record, said="verify_level", items=VERIFIED_ITEMS):
        """Whether an item of the record was written after it was verified or entered, by what the program says of its history."""
        mark = record.heads.get(said, [])
        last = {head.split(":")[0]: int(head.split(":")[1]) for head in mark}
        later = [h for f in items for h in record.heads.get(f, [])
                 if (h.split(":")[0] not in last or int(h.split(":")[1]) > last[h.split(":")[0]] + CLASSES_OF_ACT)
                 and not self.by_merger(record, f, h)]
        taken_along = self.said_before(record) if "home_village_id" in items else 0
        if not later and not taken_along:
            return False
        history = self.history(record.id)
        at = {one["change"]: one["at_ms"] for one in history}
        known = max((at[h] for h in mark if h in at), default=0)
        for one in history:  # to say again that it is so, is to say it anew
            if any(w["field"] == "confirmed" and w.get("element") == said for w in one["writes"]):
                known = max(known, one["at_ms"])
        return any(at.get(h, 0) - known >= ONE_ACT_MS for h in later) or taken_along - known >= ONE_ACT_MS

    def said_before(self, record):
        """When the village was said that a merger wrote over; 0 = none did, or it kept nothing of that."""
        kept = set(record.heads.get("village_said_at", []))
        if any(h in kept and self.by_merger(record, "home_village_id", h) for h in record.heads.get("home_village_id", [])):
            return int(record.village_said_at)
        return 0

    def by_merger(self, record, item, change):
        """Whether his village was written when it went up in another: the office took everybody along in one act."""
        if item != "home_village_id":
            return False
        for unit in self.units.values():
            if record.home_village_id in (unit.merged_into or ()):
                at = next((one["at_ms"] for one in self.history(record.id) if one["change"] == change), 0)
                if any(w["field"] == "merged_into" and w.get("element") == record.home_village_id and abs(one["at_ms"] - at) < ONE_ACT_MS
                       and one["change"].split(":")[0] == change.split(":")[0] for one in self.history(unit.id) for w in one["writes"]):
                    return True
        return False

    def same_as(self, stands):
        return [r for i, r in self.records.items() if self.stands[i] == stands and not r.is_void]

    def said_day(self, record, item):
        """The last day that was said of an item knowing what stands there; None = nobody said one."""
        days, heads = [], set(record.heads.get(item, []))
        for one in self.history(record.id):
            for write in one["writes"]:
                if write["field"] == "confirmed" and write.get("element") == item and write.get("value"):
                    days.append((one["at_ms"], write["value"]))
                elif write["field"] == item and one["change"] in heads:
                    days = [said for said in days if said[0] >= one["at_ms"]]
        return max((day for _, day in days), default=None)

    def is_loose(self, record, item):
        """Whether an item of the card was written after the card was verified and after it was confirmed itself."""
        history = self.history(record.id)
        at = {one["change"]: one["at_ms"] for one in history}
        written = max(at.get(h, 0) for h in record.heads[item])
        known = 0
        if record.verify_level in ("branch", "committee", "county"):
            known = max((at.get(h, 0) for h in record.heads.get("verify_level", [])), default=0)
        for one in history:
            for write in one["writes"]:
                said = write.get("element") if write["field"] == "confirmed" else None
                if said == item or (said == "verify_level" and record.verify_level in ("branch", "committee", "county")):
                    known = max(known, one["at_ms"])
        return written - known >= ONE_ACT_MS


class Question:
    """One unit, one day: the rows, each as {record: amount}, with what it is a share of."""

    def __init__(self, county, unit, as_of):
        self.county, self.unit, self.as_of = county, unit, as_of
        self.start = as_of[:4] + "-01-01"
        first_month = (int(as_of[5:7]) - 1) // 3 * 3 + 1
        self.quarter = "%sQ%d" % (as_of[:4], (first_month + 2) // 3)
        self.quarter_start = "%s-%02d-01" % (as_of[:4], first_month)
        self.scope = county.below(unit)
        county.was, county.as_of = {}, as_of
        for u in county.units.values():
            before = [b for b in county.units.values() if u.id in (b.merged_into or ())]
            if (u.get("from") or "") > as_of and len(before) == 1 and (before[0].get("to") or "") >= as_of \
                    and {u.id, before[0].id} <= self.scope:
                county.was[u.id] = before[0].id
        self.months = self.parameter("mobile_months", 6)
        self.prepare()

    def parameter(self, name, default):
        return int(self.county.parameter(name, self.as_of, default, self.unit))

    # -- words of the rows

    def person(self, record):
        return self.county.stands.get(record, record)

    def known(self, kind):
        """What counts, of every unit the laptop holds, until the day."""
        return [r for r in self.county.by_kind[kind] if not r.day or r.day <= self.as_of]

    def live(self, kind):
        return [r for r in self.known(kind) if self.county.unit_of(r) in self.scope]

    def inside(self, day):
        return bool(day) and self.start <= day <= self.as_of

    def once(self, records, fact):
        """A person entered twice: what both of his records say is one fact, and the first one stands."""
        first = {}
        for one in sorted(records, key=lambda r: r.id):
            first.setdefault(fact(one), one)
        return list(first.values())

    def now(self, record, begins="from", ends="to"):
        begun, ended = record.get(begins) or "", record.get(ends)
        return begun <= self.as_of and (not ended or ended > self.as_of)

    def prepare(self):
        self.people = {r.id: r for r in self.live("member")}
        transfers = defaultdict(list)
        for t in self.known("transfer_request"):
            if t.state == "done" and t.to_org_id not in self.county.units and (t.done_on or t.asked_on or "9") <= self.as_of:
                transfers[self.person(t.member_id)].append(t.done_on or t.asked_on)
        self.members = {i: r for i, r in self.people.items() if self.is_counted(r)}
        self.episodes, self.open, self.mobile, self.began, self.verified_legs = [], [], {}, {}, set()
        self.away = defaultdict(list)  # of members: outflows that last, verified, not transferred
        out = [e for e in self.known("mobility_episode") if e.direction == "out" and e.end_kind != "error"]
        by_member = defaultdict(list)
        for e in out:
            by_member[self.person(e.member_id)].append(e)
        for e in sorted(out, key=lambda one: one.id):
            who = self.person(e.member_id)
            if who not in self.people:
                continue
            legs = self.legs(e, by_member[who])
            if any(self.is_verified(leg) for leg in legs):
                self.verified_legs.add(e.id)
            self.began[e.id] = min(last_day(leg.left_on or "9999") for leg in legs)
            self.episodes.append(e)
            left = last_day(e.left_on or "9999")
            over = e.returned_on <= self.as_of if e.returned_on else e.state == "ended"
            if left > self.as_of or over:
                continue
            self.open.append(e)
            since = min(leg.left_on for leg in legs)
            if e.id not in self.verified_legs or any(day >= since for day in transfers[who]) \
                    or who not in self.members:
                continue
            self.away[who].append(e)
            if add_months(self.began[e.id], self.months) <= self.as_of:
                self.mobile.setdefault(who, e)
        self.contacts = defaultdict(list)  # member: (day, himself)
        for v in self.known("visit"):
            if v.outcome in MET:
                for who in v.members or ():
                    self.contacts[self.person(who)].append((v.day, v.outcome == "met"))
        for c in self.known("contact_attempt"):
            if c.outcome in REACHED and c.channel not in NOT_THE_MEMBER and c.member_id:
                self.contacts[self.person(c.member_id)].append((c.day, c.outcome == "reached_self"))
        self.activities = {a.id: a for a in self.live("activity") if self.inside(a.day)}
        self.there = self.once((t for t in self.known("attendance") if t.status in ("present", "late")),
                               lambda t: (t.activity_id, self.person(t.member_id)) if t.member_id else t.id)
        self.pairs = defaultdict(list)
        gone = {w.id for w in self.known("worker") if w.get("to") and w.get("to") <= self.as_of}
        for one in self.known("liaison_assignment"):
            if self.now(one) and one.worker_id not in gone and self.person(one.member_id) in self.people:
                self.pairs[self.person(one.member_id)].append(one)

    def is_counted(self, member):
        """In the ranks on the day: by his standing, until the day that was said of its end."""
        standing = member.standing or "normal"
        if standing in COUNTED_STANDING:
            return True
        days = []
        if standing in ("deceased", "transferred"):
            how = "died" if standing == "deceased" else "transferred"
            days = [e.returned_on for e in self.county.by_kind["mobility_episode"]
                    if self.person(e.member_id) == member.id and e.end_kind == how and e.returned_on]
        if standing == "transferred":
            days += [t.done_on or t.asked_on for t in self.county.by_kind["transfer_request"]
                     if self.person(t.member_id) == member.id and t.state == "done" and t.to_org_id not in self.county.units
                     and (t.done_on or t.asked_on)]
        if days:
            return (min(days) if standing == "deceased" else max(days)) > self.as_of
        said = [day for day in (self.county.said_day(r, "standing") for r in self.county.same_as(member.id)
                                if r.standing == standing) if day]
        return bool(said) and min(said) > self.as_of

    @staticmethod
    def legs(episode, all_of_his):
        """The outflow with those it adjoins: he moved on and did not come home between."""
        found, at = [episode], [episode]
        while at:
            left = at.pop().left_on or ""
            for e in all_of_his:
                if e in found or e.end_kind != "moved_on" or not e.returned_on or not left:
                    continue
                if e.returned_on[:len(left)] <= left <= add_days(e.returned_on, 1):
                    found.append(e)
                    at.append(e)
        return found

    def due_since(self, who):
        """The day since which he must have been reached; abroad the interval is longer."""
        far = self.is_abroad(self.mobile[who])
        days = self.parameter("abroad_interval_days", 182) if far else self.parameter("contact_interval_days", 30)
        return add_days(self.as_of, -days)

    def is_abroad(self, e):
        return (e.abroad_on and e.abroad_on <= self.as_of) or (e.dest_division or "")[:2] in ("71", "81", "82")

    @staticmethod
    def is_verified(episode):
        return (episode.state or "reported") != "reported" or (episode.verify_level or "none") != "none"

    def last_contact(self, who, himself=True):
        return max((day for day, own in self.contacts[who] if own or not himself), default="")

    def last_life(self):
        """Organisational life of each member: days he was there."""
        days = defaultdict(list)
        for t in self.there:
            if t.member_id:
                days[self.person(t.member_id)].append(t.day)
        return days

    def roles(self, worker, day):
        found = set(self.county.records[worker].roles or ()) if worker in self.county.records else set()
        for one in self.known("worker_role"):
            begun, ended = one.get("from") or "", one.get("to")
            if one.worker_id == worker and begun <= day and (not ended or ended > day):
                found.add(one.role)
        return found

    def units_now(self, kinds):
        return {u.id: u for u in self.county.units.values()
                if u.id in self.scope and u.kind in kinds and (u.get("from") or "") <= self.as_of
                and (not u.get("to") or u.get("to") >= self.as_of)}  # "to" of a unit is its last day

    def months_of_year(self):
        out = []
        for month in range(1, int(self.as_of[5:7]) + 1):
            name = "%s-%02d" % (self.as_of[:4], month)
            if last_day(name) <= self.as_of:
                out.append(name)
        return out

    # -- the rows

    def row_1(self):
        return None, self.ones(self.mobile)

    STUDY = ("topic_meeting", "theme_day", "branch_meeting", "committee", "group_meeting", "lecture", "school", "film", "skill",
             "training")

    def parts_1(self):
        kinds = {a.id: a.kind for a in self.known("activity")}
        taught = {self.person(t.member_id) for t in self.there if t.member_id and self.quarter_start <= t.day
                  and (kinds.get(t.activity_id) or t.activity_kind) in self.STUDY}
        taught |= {self.person(m) for v in self.study_visits("visit", everywhere=True) if v.day >= self.quarter_start
                   for m in v.members or ()}
        gifts = {m.id for m in self.known("material") if m.kind in ("red_package", "study_pack")}
        sent = self.sent()
        taught |= {self.person(sent[line.delivery_id][0].member_id) for line in self.known("delivery_line")
                   if line.material_id in gifts and line.delivery_id in sent and sent[line.delivery_id][0].member_id
                   and sent[line.delivery_id][1] >= self.quarter_start}
        served = {self.person(t.member_id) for t in self.mobile_there() if kinds.get(t.activity_id) == "volunteer"}
        served |= self.scorers()
        return {"education": self.ones(i for i in self.mobile if i in taught),
                "management": self.ones(i for i in self.mobile if self.pairs[i]
                                        and self.last_contact(i) >= self.due_since(i)),
                "role": self.ones(i for i in self.mobile if i in served)}

    def mobile_there(self):
        """Attendances of the year of this unit's mobile members, wherever the meeting was."""
        meetings = {a.id for a in self.known("activity") if self.inside(a.day)}
        return [t for t in self.there if t.member_id and self.person(t.member_id) in self.mobile and t.activity_id in meetings]

    def there_of(self, sessions):
        ids = {a.id for a in sessions}
        return [t for t in self.there if t.activity_id in ids]

    def row_3(self):
        reachable = {self.person(c.member_id) for c in self.known("contact_point")
                     if c.value and self.now(c) and c.valid not in ("wrong", "dead")}

        def filled(m):
            return (sum(1 for f in ("name", "gender", "ethnic", "born_on", "member_class", "joined_on", "home_address",
                                    "standing") if m.get(f))
                    + bool(m.id_no or m.id_missing_reason) + bool(m.affiliation_org_id or m.affiliation_text)
                    + bool(m.no_phone_reason or m.id in reachable))

        def told(e):
            return sum(1 for f in ("left_on", "kind", "reason", "link_status") if e.get(f)) \
                + bool(e.dest_division or self.is_abroad(e))
        away = [e for e in self.open if self.person(e.member_id) in self.members]
        return dict({i: filled(m) for i, m in self.members.items()}, **{e.id: told(e) for e in away}), \
            dict({i: 11 for i in self.members}, **{e.id: 5 for e in away})

    def row_4(self):
        everyday = {self.person(e.member_id) for e in self.known("mobility_episode") if e.collect_mode == "everyday"}
        return self.ones(i for i, m in self.members.items() if m.collect_mode == "everyday" or i in everyday), \
            self.ones(self.members)

    def row_5(self):
        campaigns = {s.id for s in self.known("survey") if s.kind == "collection"}
        asked = {self.person(a.member_id) for a in self.known("survey_answer")
                 if a.survey_id in campaigns and self.inside(a.day)}
        return self.ones(i for i in self.members if i in asked), self.ones(self.members)

    def row_6(self):
        day, due = self.parameter("close_day", 5), {}
        for month in range(1, 13):
            close = add_months("%s-%02d-%02d" % (self.as_of[:4], month, day), 1)
            if close < self.as_of:
                due["%s-%02d" % (self.as_of[:4], month)] = close
        towns, closed = self.units_now(("township", "street")), {}
        for c in sorted(self.live("month_close"), key=lambda one: one.id, reverse=True):
            if c.org_id in towns and c.state == "closed" and c.closed_on and c.closed_on <= due.get(c.month, ""):
                closed[c.org_id, c.month] = c.id
        return self.ones(closed.values()), {u: len(due) for u in towns}

    def row_7(self):
        said = {self.person(r.member_id) for r in self.known("quarter_refresh") if r.quarter == self.quarter}
        return self.ones(i for i in self.mobile if i in said), self.ones(self.mobile)

    def row_8(self):
        return self.ones(e.id for e in self.first_registered()), None

    def parts_8(self):
        return self.by_code((e.discovery, e.id) for e in self.first_registered())

    def first_registered(self):
        """The first outflow of each person, when it began this year and somebody said who found whom."""
        first = {}
        for e in self.known("mobility_episode"):
            if e.direction == "out" and e.end_kind != "error":
                who = self.person(e.member_id)
                first[who] = min(first.get(who, e), e, key=lambda one: (one.left_on or "9", one.id))
        return [e for who, e in first.items() if who in self.people and e.discovery and e.left_on
                and self.start[:len(e.left_on)] <= e.left_on <= self.as_of]

    def row_9(self):
        used = {a.venue_id for a in self.activities.values()}
        venues = [v.id for v in self.live("venue") if (v.get("from") or "") <= self.as_of
                  and not (v.get("to") and v.get("to") <= self.start)]
        return self.ones(v for v in venues if v in used), self.ones(venues)

    def parts_9(self):
        return {"events": self.ones(a.id for a in self.activities.values() if a.venue_id)}

    def advised(self):
        return [v for v in self.live("visit") if self.inside(v.day) and v.mode in IN_PERSON
                and any("adviser" in self.roles(w, v.day) for w in v.workers or ())]

    def row_10(self):
        return self.ones(v.id for v in self.advised()), None

    def parts_10(self):
        return {"met": self.ones(v.id for v in self.advised() if v.outcome == "met")}

    def row_11(self):
        return self.ones(i for i, m in self.members.items() if m.verify_level in ("branch", "committee", "county")
                         and not self.county.changed_after(m)), self.ones(self.members)

    def parts_11(self):
        said = [m for m in self.members.values() if m.verify_level in ("branch", "committee", "county")]
        changed = {m.id for m in said if self.county.changed_after(m)}
        parts = self.by_code((m.verify_level, m.id) for m in said if m.id not in changed)
        return dict(parts, changed_since=self.ones(changed))

    def row_12(self):
        own = {self.person(c.member_id) for c in self.known("contact_point")
               if c.owner == "self" and c.value and self.now(c) and c.valid not in ("wrong", "dead")}
        return {e.id: bool(e.usual_place) + bool(e.employer) + bool(e.employer_contact)
                + (self.person(e.member_id) in own) for e in self.open}, {e.id: 4 for e in self.open}

    def parts_12(self):
        own = {self.person(c.member_id) for c in self.known("contact_point")
               if c.owner == "self" and c.value and self.now(c) and c.valid not in ("wrong", "dead")}
        parts = {f: self.ones(e.id for e in self.open if e.get(f)) for f in ("usual_place", "employer", "employer_contact")}
        return dict(parts, own_contact=self.ones(e.id for e in self.open if self.person(e.member_id) in own))

    def row_13(self):
        return self.ones(c.id for c in self.live("contact_attempt") if self.inside(c.day)
                         and c.channel in NOT_THE_MEMBER and c.outcome in REACHED), None

    def handed_in(self, kind, states, days):
        """Of the quarter, and by the day."""
        return [t for t in self.known(kind) if t.quarter == self.quarter and t.state in states
                and next(filter(None, map(t.get, days)), "") <= self.as_of]

    def village_tables(self):
        return self.handed_in("village_table", CONFIRMED_TABLE, ("confirmed_on", "checked_on", "accepted_on"))

    def tables(self):
        return {t.village_id for t in self.village_tables()}

    def row_14(self):
        villages = self.units_now(("village", "community"))
        return self.ones(set(villages) & self.tables()), self.ones(villages)

    def parts_14(self):
        nil = {t.village_id for t in self.village_tables() if t.nil_return == "1"}
        return {"nil_return": self.ones(set(self.units_now(("village", "community"))) & nil)}

    def row_15(self):
        towns, villages, handed_in = self.units_now(("township", "street")), self.units_now(("village", "community")), \
            self.tables()
        registers = {r.township_id for r in self.handed_in("township_register", ("township_checked", "county_accepted"),
                                                            ("checked_on", "confirmed_on"))}
        return self.ones(t for t in towns if t in registers
                         and all(v.id in handed_in for v in villages.values() if v.parent_id == t)), self.ones(towns)

    def heard_of(self):
        """Days on which something was heard of each member, new or the same as before."""
        days = defaultdict(list)
        for who, contacts in self.contacts.items():
            days[who] += [day for day, _ in contacts]
        for kind, fields in (("quarter_refresh", ["occurred_on"]), ("survey_answer", ["occurred_on"]),
                             ("contact_point", ["from", "to", "verified_on"]), ("liaison_assignment", ["from"]),
                             ("mobility_episode", ["left_on", "checked_in_on", "returned_on"])):
            for record in self.known(kind):
                days[self.person(record.member_id)] += [record.get(f) for f in fields if len(record.get(f) or "") == 10]
        for c in self.known("correction"):
            if c.state == "accepted" and c.member_id:
                days[self.person(c.member_id)].append(c.decided_on or c.occurred_on)
        return {who: [day for day in all_days if day <= self.as_of] for who, all_days in days.items()}

    def row_16(self):
        return None, None

    def parts_16(self):
        heard, last, taken_in = self.heard_of(), {}, defaultdict(list)
        batches = {b.id: b for b in self.known("import_batch")}
        for r in self.known("import_row"):
            b = batches.get(r.batch_id)
            if b and r.record_id and r.outcome in ("accepted", "merged") and (b.imported_on or "9") <= self.as_of < (b.undone_on or "9"):
                taken_in[self.person(r.record_id)].append(b.imported_on)
        for who, member in self.people.items():
            village = self.county.unit_of(member)
            last[village] = max([last.get(village, "")] + heard.get(who, []) + taken_in.get(who, []))
        age = {u: (date.fromisoformat(self.as_of) - date.fromisoformat(last.get(u) or self.start)).days
               for u, unit in self.units_now(("village", "community")).items() if u in last or not unit.merged_into}
        ages = sorted(age.values()) or [0]
        return {"oldest": (ages[-1], age), "usual": (ages[(len(ages) - 1) // 2], age)}

    def row_17(self):
        return None, self.ones(self.mobile)

    def parts_17(self):
        brought = {self.person(c.member_id) for c in self.known("certificate")
                   if c.leave_entry_seen == "1" and self.inside(c.leave_entry_on)}
        return {"home": self.ones({self.person(t.member_id) for t in self.mobile_there()}),
                "away": self.ones(i for i in self.mobile if i in brought)}

    def groups(self):
        return {g.id: g for g in self.live("contact_group") if self.now(g)}

    def row_18(self):
        groups = {g.id for g in self.known("contact_group") if self.now(g)}
        inside = {self.person(g.member_id) for g in self.known("contact_group_member")
                  if self.now(g) and g.group_id in groups}
        return self.ones(i for i in self.mobile if i in inside), self.ones(self.mobile)

    def parts_18(self):
        return {"groups": self.ones(self.groups())}

    def row_19(self):
        held = {(group, a.day[:7]) for a in self.known("activity") if self.inside(a.day) and a.kind == "topic_meeting"
                for group in a.group_ids or ()}
        due, done = Counter(), Counter()
        for group in self.live("contact_group"):
            for month in self.months_of_year():
                last = last_day(month)
                if (group.get("from") or "") <= last and not (group.get("to") and group.get("to") <= last):
                    due[group.id] += 1
                    done[group.id] += (group.id, month) in held
        return {g: n for g, n in done.items() if n}, dict(due)

    def parts_19(self):
        return {"meetings": self.ones(a.id for a in self.sessions("topic_meeting"))}

    def parts_20(self):
        return {"family_only": self.ones(i for i in self.mobile if self.last_contact(i, himself=False) >= self.due_since(i)
                                         and self.last_contact(i) < self.due_since(i))}

    def row_20(self):
        return self.ones(i for i in self.mobile if self.last_contact(i) >= self.due_since(i)), self.ones(self.mobile)

    def row_21(self):
        return self.ones(i for i, m in self.members.items() if not m.name or not (m.id_no or m.born_on)
                         or not (m.affiliation_org_id or m.affiliation_text)), self.ones(self.members)

    def row_22(self):
        return self.ones(e.id for e in self.open if (e.dest_division or "unknown") == "unknown" and not self.is_abroad(e)), \
            self.ones(e.id for e in self.open)

    FAILED = ("no_answer", "switched_off", "dead_number", "wrong_person", "refused")

    def row_23(self):
        failed = defaultdict(set)
        for c in self.known("contact_attempt"):
            if c.channel not in NOT_THE_MEMBER and c.member_id and c.outcome in self.FAILED:
                failed[self.person(c.member_id)].add(c.day)
        for v in self.known("visit"):
            if v.outcome in ("nobody", "refused", "moved", "wrong_address"):
                for who in v.members or ():
                    failed[self.person(who)].add(v.day)
        attempts = self.parameter("failed_attempts", 3)
        reached = {i: self.last_contact(i, himself=False) for i in self.mobile}  # the family clears to yellow
        return self.ones(i for i, day in reached.items() if day < self.due_since(i)
                         or sum(one > day for one in failed[i]) >= attempts), self.ones(self.mobile)

    def parts_23(self):
        """Marked so, or six months of a silence that somebody knows of; abroad that is no sign."""
        months, life, tried = self.parameter("lost_months", 6), self.last_life(), defaultdict(list)
        for c in self.known("contact_attempt"):
            if c.channel not in NOT_THE_MEMBER and c.member_id and c.outcome in self.FAILED:
                tried[self.person(c.member_id)].append(c.day)
        for v in self.known("visit"):
            if v.outcome in ("nobody", "refused", "moved", "wrong_address"):
                for who in v.members or ():
                    tried[self.person(who)].append(v.day)
        marked = {self.person(e.member_id) for e in self.open if e.link_status == "lost"}
        lost = []
        for who in self.mobile:
            since = max([self.last_contact(who, himself=False)] + life[who]) or min(tried[who], default="")
            silent = since and not self.is_abroad(self.mobile[who]) and add_months(since, months) <= self.as_of
            if self.members[who].out_of_contact_since or who in marked or silent:
                lost.append(who)
        return {"lost": self.ones(lost)}

    def parts_24(self):
        life, since = self.last_life(), add_months(self.as_of, -6)
        return {"no_liaison": self.ones(i for i in self.mobile if not self.pairs[i]),
                "not_checked_in": self.ones(i for i, e in self.mobile.items() if (e.checked_in_on or "9") > self.as_of),
                "no_org_life": self.ones(i for i in self.mobile if not any(day >= since for day in life[i]))}

    def row_24(self):
        life, since = self.last_life(), add_months(self.as_of, -6)
        return self.ones(i for i, e in self.mobile.items() if not self.pairs[i] or (e.checked_in_on or "9") > self.as_of
                         or not any(day >= since for day in life[i])), self.ones(self.mobile)

    def row_25(self):
        heard = {self.person(c.member_id) for c in self.known("contact_attempt") if c.channel == "dest_org"
                 and c.outcome in REACHED and self.inside(c.day) and c.member_id}
        return self.ones(e.id for e in self.open if e.dest_contact and self.person(e.member_id) in heard), \
            self.ones(e.id for e in self.open)

    def row_26(self):
        verified = [e for e in self.open if e.id in self.verified_legs]
        return self.ones(e.id for e in verified if e.national_entry_on and e.national_entry_on <= self.as_of), \
            self.ones(e.id for e in verified)

    ENTERED_ITEMS = ("left_on", "kind", "reason", "reason_text", "former_occupation", "dest_sector", "dest_division", "dest_address",
                     "dest_org_name", "dest_contact", "dest_contact_phone", "origin_contact", "checked_in_on", "link_status",
                     "lost_since", "returned_on", "end_kind")

    def parts_26(self):
        return {"changed_since": self.ones(e.id for e in self.episodes if e.national_entry_on and e.national_entry_on <= self.as_of
                                           and self.county.changed_after(e, "national_entry_on", self.ENTERED_ITEMS))}

    def row_27(self):
        heard = self.heard_of()
        said = {self.person(r.member_id) for r in self.known("quarter_refresh") if r.quarter == self.quarter}
        return self.ones(i for i in self.mobile if i in said or any(day >= self.quarter_start for day in heard.get(i, ()))), \
            self.ones(self.mobile)

    def row_28(self):
        return self.ones(t.id for t in self.live("transfer_request") if self.inside(t.asked_on)), None

    def parts_28(self):
        asked = self.live("transfer_request")
        done = self.ones(t.id for t in asked if t.state == "done" and self.inside(t.done_on or t.asked_on))
        return dict(self.by_code((t.obstacle, t.id) for t in asked if self.inside(t.asked_on) and t.obstacle not in (None, "none")),
                    done=done)

    def cases(self):
        return [c for c in self.live("case_item")]

    def row_29(self):
        return self.ones(c.id for c in self.cases() if self.inside(c.opened_on)), None

    def parts_29(self):
        return self.by_code((c.raised_via, c.id) for c in self.cases() if self.inside(c.opened_on) and c.raised_via)

    def parts_30(self):
        load = Counter(worker for i in self.mobile for worker in {one.worker_id for one in self.pairs[i]})
        loads = sorted(load.values()) or [0]
        return {"per_liaison_min": (loads[0], load), "per_liaison_median": (loads[(len(loads) - 1) // 2], load),
                "per_liaison_max": (loads[-1], load)}

    def parts_31(self):
        return {"without": self.ones(i for i in self.mobile if not self.pairs[i])}

    def row_30(self):
        return self.ones(i for i in self.mobile if len(self.pairs[i]) == 1), self.ones(self.mobile)

    def row_31(self):
        return self.ones(i for i in self.mobile if self.pairs[i]), self.ones(self.mobile)

    def row_32(self):
        months = self.parameter("certificate_months", 6)
        holds = {self.person(c.member_id) for c in self.known("certificate")
                 if c.state and c.state != "void" and (c.issued_on or "") <= self.as_of
                 and (c.returned_on > self.as_of if c.returned_on else c.state in ("issued", "checked_in", "valid"))}
        return self.ones(i for i in self.away if i in holds), \
            self.ones(i for i, legs in self.away.items() if any(add_months(self.began[e.id], months) <= self.as_of for e in legs))

    def row_33(self):
        return self.ones(c.id for c in self.live("correction")
                         if c.state == "accepted" and self.inside(c.decided_on or c.occurred_on)), None

    def written_by_then(self, changes):
        """Of changes that hold an unverified item, {change: record}, the day each was written, until the day asked about. A
        replica counts its changes upwards in time, so a few looks into histories find which are too late."""
        def day(change):
            known = {one["change"]: one["at_ms"] for one in self.county.history(changes[change])}
            return (datetime.fromtimestamp(known[change] / 1000, timezone.utc) + timedelta(hours=8)).date().isoformat()
        by_replica = defaultdict(list)
        for change in changes:
            by_replica[change.split(":")[0]].append((int(change.split(":")[1]), change))
        days = {}
        for of_one in by_replica.values():
            of_one.sort()
            low, high = 0, len(of_one)
            while low < high:
                middle = (low + high) // 2
                low, high = (middle + 1, high) if day(of_one[middle][1]) <= self.as_of else (low, middle)
            days.update({change: None for _, change in of_one[:low]})
            if low:
                days[of_one[0][1]] = day(of_one[0][1])  # the oldest of this replica; the others are no older
        return days

    def parts_33(self):
        """An item is unverified when it was written after the card was verified and after it was confirmed itself."""
        loose = {}
        for i, m in self.members.items():
            if m.verify_level in ("branch", "committee", "county") and not self.county.changed_after(m):
                continue
            for item in VERIFIED_ITEMS:
                if m.heads.get(item) and self.county.is_loose(m, item) and not self.county.by_merger(m, item, m.heads[item][0]):
                    loose.update({max(m.heads[item], key=lambda h: int(h.split(":")[1])): i})
        days = self.written_by_then(loose)
        oldest = min((day for day in days.values() if day), default=self.as_of)
        age = (date.fromisoformat(self.as_of) - date.fromisoformat(oldest)).days
        return {"members": self.ones(self.members),
                "oldest_unverified": (age, self.ones({loose[change] for change in days}))}

    def talks(self, all_units=False):
        """What was said, and with whom: visits and calls."""
        found = self.known if all_units else self.live
        visits = [(v.id, {self.person(m) for m in v.members or ()}) for v in found("visit")
                  if self.inside(v.day) and v.outcome == "met" and v.has("purposes", "talk")]
        calls = [(c.id, {self.person(c.member_id)}) for c in found("contact_attempt")
                 if self.inside(c.day) and c.outcome == "reached_self"
                 and c.channel not in NOT_THE_MEMBER and (c.topics or set()) & {"thought", "work", "life"}]
        return visits + calls

    def row_34(self):
        return self.ones(talk for talk, _ in self.talks()), None

    def parts_34(self):
        talked = {who for _, people in self.talks(all_units=True) for who in people}
        return {"person_times": {talk: len(people) for talk, people in self.talks()},
                "persons": self.ones(i for i in self.mobile if i in talked), "mobile": self.ones(self.mobile)}

    def row_36(self):
        return self.ones(c.id for c in self.live("consultation") if self.inside(c.day)), None

    def parts_36(self):
        asked = [c for c in self.live("consultation") if self.inside(c.day)]
        return {"solved_on_spot": self.ones(c.id for c in asked if c.solved_on_spot == "1"),
                "became_case": self.ones(c.id for c in asked if c.case_id)}

    def last_word(self, case):
        said = [e for e in self.known("case_event") if e.case_id == case.id]
        return max(said, key=lambda e: (e.day, e.id)).kind if said else None

    def parts_37(self):
        questions = [c for c in self.cases() if c.kind != "lead"]
        return {"collected": self.ones(c.id for c in questions if self.inside(c.opened_on)),
                "open": self.ones(c.id for c in questions if not c.closed_on
                                  and self.last_word(c) not in ("closed", "answered"))}

    def row_37(self):
        return self.ones(c.id for c in self.cases() if c.kind != "lead" and self.inside(c.answered_on)), None

    def row_38(self):
        rated = [c for c in self.cases() if self.inside(c.answered_on) and c.satisfaction]
        return self.ones(c.id for c in rated if c.satisfaction in ("1", "2")), self.ones(c.id for c in rated)

    def row_39(self):
        return self.ones(p.id for p in self.live("support_pair") if self.now(p)), None

    def teams(self, kind=None):
        return [t for t in self.live("team") if self.now(t, "formed_on", "dissolved_on") and kind in (None, t.team_kind)]

    def row_40(self):
        return self.ones(t.id for t in self.teams("grid_service")), None

    def row_41(self):
        liaisons = {one.worker_id for pairs in self.pairs.values() for one in pairs if one.worker_id}
        return self.ones(w for w in liaisons if self.roles(w, self.as_of) & {"grid_worker", "grid_leader"}), \
            self.ones(liaisons)

    def team_people(self):
        """Workers in teams of this unit who go to work or are retired, with what they are."""
        teams = {t.id for t in self.teams()}
        origin = {w.id: w.origin for w in self.known("worker")}
        return {(origin[one.worker_id], one.worker_id) for one in self.known("team_member") if one.team_id in teams
                and self.now(one) and origin.get(one.worker_id) in ("working_member", "veteran")}

    def row_42(self):
        return self.ones(worker for _, worker in self.team_people()), None

    def parts_42(self):
        origin = {w.id: w.origin for w in self.known("worker")}
        there = [(origin.get(t.worker_id), t.id) for t in self.there_of(self.activities.values())]
        return dict(self.by_code(self.team_people()), working_times=self.ones(t for o, t in there if o == "working_member"),
                    veteran_times=self.ones(t for o, t in there if o == "veteran"))

    def grids(self):
        return [g for g in self.live("grid") if self.now(g)]

    def row_43(self):
        words = ("小区", "楼", "栋", "幢", "单元", "公寓", "家属院")
        return self.ones(g.id for g in self.grids() if any(w in (g.scope_text or "") for w in words)), \
            self.ones(g.id for g in self.grids())

    def parts_43(self):
        return {"described": self.ones(g.id for g in self.grids() if g.scope_text)}

    def row_44(self):
        return self.ones(i for i, m in self.members.items() if m.study_needs), None

    def parts_44(self):
        return self.by_code((need, i) for i, m in self.members.items() for need in m.study_needs or ())

    def study_visits(self, kind="visit", everywhere=False):
        family = self.parameter("family_study_counts", 1)
        return [v for v in (self.known if everywhere else self.live)(kind) if self.inside(v.day)
                and v.mode in ("door", "workplace") and v.outcome in (MET if family else MET[:1]) and v.has("purposes", "study")]

    def row_45(self):
        return self.ones(v.id for v in self.study_visits()), None

    def parts_45(self):
        return {"person_times": {v.id: len({self.person(m) for m in v.members or ()}) for v in self.study_visits()},
                "family": self.ones(v.id for v in self.study_visits() if v.outcome == "met_family")}

    def row_46(self):
        return self.ones(v.id for v in self.live("venue") if self.now(v)), None

    def parts_46(self):
        levels = self.by_code((v.level, v.id) for v in self.live("venue") if self.now(v) and v.level)
        level = {v.id: v.level for v in self.known("venue")}
        events = {name + "_events": self.ones(a.id for a in self.activities.values()
                                              if (a.venue_level or level.get(a.venue_id)) == name)
                  for name in ("street", "village", "new_sector")}
        return dict(levels, events=self.ones(a.id for a in self.activities.values() if a.venue_level or a.venue_id), **events)

    def sessions(self, *kinds):
        return [a for a in self.activities.values() if a.kind in kinds]

    def row_47(self):
        return self.ones(a.id for a in self.sessions("theme_day", "school", "film")), None

    def parts_47(self):
        parts = self.by_code((a.kind, a.id) for a in self.sessions("theme_day", "school", "film"))
        for kind in ("theme_day", "school", "film"):
            ids = {a.id for a in self.sessions(kind)}
            parts[kind + "_persons"] = self.ones(t.id for t in self.mobile_there() if t.activity_id in ids)
        parts["person_times"] = {t: 1 for kind in ("theme_day", "school", "film") for t in parts[kind + "_persons"]}
        return parts

    def pushed(self):
        return sorted((p for p in self.live("content_push") if self.inside(p.pushed_on)), key=lambda one: one.id)

    def row_48(self):
        items = {}
        for p in self.pushed():
            items.setdefault(p.content_id or p.id, p.id)
        return self.ones(items.values()), None

    row_52 = row_48

    def parts_48(self):
        items = {}
        for p in self.pushed():
            for channel in p.channels or ():
                items.setdefault((channel, p.content_id or p.id), p.id)
        return self.by_code((channel, first) for (channel, _), first in items.items())

    def parts_52(self):
        return {"pushes": self.ones(p.id for p in self.pushed())}

    def skills(self):
        return [a for a in self.sessions("skill") if a.mode in ("online", "mixed")]

    def row_49(self):
        return self.ones(a.id for a in self.skills()), None

    def parts_49(self):
        work = {r.id: r.occupation for r in self.county.by_kind["member"]}
        there = [(t.id, work.get(self.person(t.member_id)) if t.member_id else None) for t in self.there_of(self.skills())]
        firms = ("enterprise_staff", "enterprise_manager", "self_employed", "driver", "courier", "rider")
        return dict(self.by_code((a.subject_area, a.id) for a in self.skills() if a.subject_area),
                    person_times=self.ones(t for t, _ in there),
                    rural=self.ones(t for t, job in there if job in ("farmer", "migrant_worker")),
                    non_public=self.ones(t for t, job in there if job in firms))

    def cancelled(self):
        return {e.delivery_id for e in self.known("delivery_event") if e.kind == "cancelled"}

    def sent(self):
        """Parcels that ever went out, of every unit, with their days."""
        gone = self.cancelled()
        return {d.id: (d, d.dispatched_on or d.received_on) for d in self.county.by_kind["delivery"]
                if d.id not in gone and (d.dispatched_on or d.received_on or "9999") <= self.as_of}

    def row_50(self):
        return self.ones(d.id for d, day in self.sent().values() if d.mode == "courier" and self.inside(day)
                         and self.county.unit_of(d) in self.scope), None

    def row_51(self):
        books = {m.id for m in self.known("material") if m.kind == "book"}
        titles = defaultdict(set)
        for part in self.known("material_component"):
            if part.part_id in books:
                titles[part.material_id].add(part.part_id)
        return self.ones(m.id for m in self.known("material") if m.kind == "red_package" and self.now(m)
                         and len(titles[m.id]) == 3), None

    def pieces(self, kind, modes=None, wanted_parcel=None):
        """What was sent again after it came back counts once: the first one. Of parcels somebody asks for, all."""
        sent, out = self.sent(), Counter()
        wanted = {m.id for m in self.known("material") if m.kind == kind}
        once = self.parameter("resend_counts_once", 1) and wanted_parcel is None
        for line in self.known("delivery_line"):
            if line.material_id not in wanted or line.delivery_id not in sent:
                continue
            d, day = sent[line.delivery_id]
            if self.county.unit_of(d) not in self.scope or not self.inside(day) or (modes and d.mode not in modes):
                continue
            if (once and d.resend_of in sent) or (wanted_parcel and not wanted_parcel(d)):
                continue
            out[d.id] += line.number("qty")
        return dict(out)

    def row_53(self):
        return self.pieces("red_package", ("courier",)), None

    def became_of(self, parcel):
        """The last word about a parcel; a receipt written on it is a word of its day, and says who took it."""
        words = {"signed_self": "signed", "signed_proxy": "proxy", "refused": "refused", "returned": "returned", "left": "left",
                 "re_dispatched": "on_the_way"}
        said = [(e.day, e.id, words[e.kind]) for e in self.known("delivery_event")
                if e.delivery_id == parcel.id and e.kind in words]
        day, _, word = max(said, default=("", "", "on_the_way"))
        taken_on = parcel.received_on if parcel.received_on and parcel.received_on <= self.as_of else None
        if not taken_on or (day >= taken_on and word in ("refused", "returned")) or (day > taken_on and word in ("signed", "proxy")):
            newest = max(((e.day, e.id, e.kind) for e in self.known("delivery_event") if e.delivery_id == parcel.id), default=("", "", ""))
            return "problem" if word in ("left", "on_the_way") and newest[2] == "problem" else word
        by_another = parcel.relation != "self" if parcel.relation else word == "proxy"
        return "proxy" if by_another else "signed"

    def parts_53(self):
        def of(*results):
            return self.pieces("red_package", ("courier",), lambda d: self.became_of(d) in results)
        return {"signed": of("signed"), "proxy": of("proxy"), "returned": of("refused", "returned"),
                "problem": of("problem"), "waiting": of("left", "on_the_way"),
                "resent": self.pieces("red_package", ("courier",), lambda d: bool(d.resend_of))}

    def row_54(self):
        return self.pieces("study_pack"), None

    def parts_54(self):
        packs = {m.id for m in self.known("material") if m.kind == "study_pack"}
        moves = [s for s in self.live("stock_movement") if s.material_id in packs]
        year = [s for s in moves if self.inside(s.day)]
        out = ("hand_out", "mail", "damage")
        return {"stock_opening": {s.id: s.number("delta") for s in moves if s.day < self.start},
                "stock_received": {s.id: s.number("delta") for s in year if s.reason and s.reason not in out},
                "stock_sent": {s.id: -s.number("delta") for s in year if s.reason in out[:2]},
                "stock_damaged": {s.id: -s.number("delta") for s in year if s.reason == "damage"},
                "stock_closing": {s.id: s.number("delta") for s in moves}}

    def row_55(self):
        days = {}
        found = [(r.day, r.id) for kind in ("visit", "contact_attempt", "consultation", "activity", "content_push")
                 for r in self.live(kind)]
        found += [(day, d.id) for d, day in self.sent().values() if self.county.unit_of(d) in self.scope]
        for day, record in sorted(found):
            if self.inside(day):
                days.setdefault(day, record)
        length = (date.fromisoformat(self.as_of) - date.fromisoformat(self.start)).days + 1
        return self.ones(days.values()), {self.unit: length}

    def parts_55(self):
        on_duty, day = Counter(), self.start
        shifts = sorted(self.live("duty_shift"), key=lambda one: one.id)
        while day <= self.as_of:
            covering = [s.id for s in shifts if s.get("from") <= day <= (s.get("to") or s.get("from"))]
            if covering:
                on_duty[covering[0]] += 1
            day = add_days(day, 1)
        return {"on_duty": dict(on_duty)}

    def row_56(self):
        origins = defaultdict(set)
        for one in self.known("team_member"):
            if self.now(one):
                origins[one.team_id].add(one.origin)
        return self.ones(t.id for t in self.teams() if len(origins[t.id] - {None}) == 6), \
            self.ones(t.id for t in self.teams())

    def row_57(self):
        return self.ones(t.id for t in self.teams("task")), None

    HELP = ("health_lecture", "skill", "training", "rights_advice", "coordination", "mediation", "counselling")

    def row_58(self):
        return self.ones(a.id for a in self.sessions(*self.HELP)), None

    def parts_58(self):
        asked = self.ones(c.id for c in self.live("consultation") if self.inside(c.day) and (c.topics or set()) & {"job", "rights"})
        return dict(self.by_code((a.kind, a.id) for a in self.sessions(*self.HELP)), consultations=asked)

    def row_59(self):
        return self.ones(a.id for a in self.activities.values() if a.festival), None

    def parts_59(self):
        home = {self.person(e.member_id) for e in self.episodes if e.home_from and e.home_from <= self.as_of
                and (e.home_to or e.home_from) >= self.start}
        back = {self.person(e.member_id) for e in self.episodes if self.inside(e.returned_on)
                and (e.end_kind or "returned") == "returned"}
        return {"members_home": self.ones(home), "returned": self.ones(back)}

    def row_60(self):
        return self.ones(a.id for a in self.volunteering()), None

    def volunteering(self):
        """Sessions at which a mobile member was, of whatever village."""
        county = Question.whole(self)
        with_mobile = {t.activity_id for t in self.there if t.member_id and self.person(t.member_id) in county.mobile}
        return [a for a in self.sessions("volunteer") if a.id in with_mobile]

    def parts_60(self):
        def minutes(a):
            began, ended = (int(t[:2]) * 60 + int(t[3:5]) for t in (a.began, a.ended))
            return ended - began
        counted = self.volunteering()
        return {"person_times": self.ones(t.id for t in self.there_of(counted)),
                "minutes": {a.id: minutes(a) for a in counted if a.began and a.ended and a.ended > a.began},
                "without_mobile": self.ones({a.id for a in self.sessions("volunteer")} - {a.id for a in counted})}

    def whole(self):
        """The same day for all that is held: a mobile member of another village is one as well."""
        tops = [u.id for u in self.county.units.values() if u.parent_id not in self.county.units]
        if self.unit in tops:
            return self
        if not hasattr(self.county, "asked_whole"):
            self.county.asked_whole = Question(self.county, tops[0], self.as_of)
        return self.county.asked_whole

    def scorers(self):
        """Members with an approved entry that nobody took back."""
        entries = [p for p in self.known("points_entry") if p.state == "approved"]
        back = {p.reverses for p in entries}
        return {self.person(p.member_id) for p in entries if self.inside(p.day) and not p.reverses and p.id not in back}

    def row_61(self):
        got = self.scorers()
        return self.ones(i for i in self.mobile if i in got), self.ones(self.mobile)

    def earned(self):
        classes = {r.id: r.get("class") for r in self.known("points_rule")}
        return [(classes[p.rule_id], p) for p in self.live("points_entry") if p.state == "approved" and self.inside(p.day)
                and classes.get(p.rule_id) in ("duty", "urgent", "volunteer")]

    def row_62(self):
        return {p.id: p.number("points_tenths") for _, p in self.earned()}, None

    def parts_62(self):
        out = defaultdict(dict)
        for kind, p in self.earned():
            out[kind][p.id] = p.number("points_tenths")
        return dict(out)

    def row_63(self):
        days = self.last_life()
        for p in self.known("points_entry"):
            if p.state == "approved":
                days[self.person(p.member_id)].append(p.day)
        half, year = add_months(self.as_of, -6), add_months(self.as_of, -12)
        return self.ones(i for i in self.mobile if any(day > half for day in days[i])
                         and not any(year < day <= half for day in days[i])), self.ones(self.mobile)

    def in_hardship(self, file):
        """On the day; one that is relieved has its day."""
        return file.relieved_on > self.as_of if file.relieved_on else (file.active or "1") == "1"

    def row_64(self):
        files = {self.person(h.member_id) for h in self.known("hardship_record")
                 if (h.nominated_on or h.recognised_on or "9") <= self.as_of}
        named = {self.person(a.member_id) for a in self.known("survey_answer") if a.outcome == "nominated" and self.inside(a.day)}
        return self.ones(i for i in self.members if i in files | named), None

    def parts_64(self):
        known = {self.person(h.member_id) for h in self.known("hardship_record") if (h.recognised_on or "9") <= self.as_of}
        return {"recognised": self.ones(i for i in self.members if i in known),
                "old_infirm": self.ones(i for i, m in self.members.items() if m.care_flag)}

    def parts_65(self):
        return {"unrecognised": self.ones(h.id for h in self.known("hardship_record") if self.person(h.member_id) in self.members
                                          and self.in_hardship(h) and (h.recognised_on or "9") > self.as_of)}

    def row_65(self):
        files = [h for h in self.known("hardship_record") if self.person(h.member_id) in self.members
                 and self.in_hardship(h) and h.recognised_on and h.recognised_on <= self.as_of]
        return self.ones(h.id for h in self.once(files, lambda h: self.person(h.member_id))), None

    def festive(self):
        return [v for v in self.live("visit") if self.inside(v.day) and v.festival and v.outcome in MET
                and v.mode in IN_PERSON and v.has("purposes", "care")]

    def row_66(self):
        return self.ones(v.id for v in self.festive()), None

    def parts_66(self):
        given = [(v.festival, v.id, v.number("gift_amount_fen"), v.gift_kind in ("goods", "both") or v.number("gift_qty") > 0)
                 for v in self.live("visit") if self.inside(v.day) and v.festival]
        given += [(a.festival, a.id, a.number("amount_fen"), bool(a.goods)) for a in self.live("aid")
                  if self.inside(a.day) and a.festival and not a.visit_id]

        def money(festival=None):
            return {record: fen for feast, record, fen, _ in given if fen > 0 and festival in (None, feast)}

        def persons(festival=None):
            return self.ones(self.person(m) for v in self.festive() if festival in (None, v.festival) for m in v.members or ())
        return dict(self.by_code((v.festival, v.id) for v in self.festive()), persons=persons(), money_fen=money(),
                    spring_persons=persons("spring_festival"), july_persons=persons("july_first"),
                    spring_money_fen=money("spring_festival"), july_money_fen=money("july_first"),
                    goods=self.ones(record for _, record, _, has_goods in given if has_goods))

    def row_67(self):
        return self.ones(c.id for c in self.cases() if c.topic == "child_care" and self.inside(c.opened_on)), None

    def parts_67(self):
        return {"answered": self.ones(c.id for c in self.cases() if c.topic == "child_care" and self.inside(c.answered_on))}

    def helpers(self):
        """Who helps besides his work, with the meetings of this unit he was at."""
        origin = {w.id: w.origin for w in self.known("worker")}
        return [t for t in self.there_of(self.activities.values())
                if origin.get(t.worker_id) in ("double_check_in", "social_worker")]

    def row_68(self):
        return self.ones(t.worker_id for t in self.helpers()), None

    def parts_68(self):
        return {"sessions": self.ones(t.activity_id for t in self.helpers())}

    def row_69(self):
        return self.ones(a.id for a in self.sessions("tutoring")), None

    @staticmethod
    def children(sessions):
        return {a.id: a.number("children_count") for a in sessions if a.number("children_count") > 0}

    def parts_69(self):
        subjects = self.by_code((s, a.id) for a in self.sessions("tutoring") for s in a.subjects or ())
        return dict(subjects, child_times=self.children(self.sessions("tutoring")))

    def outside(self):
        return [a for a in self.sessions("tutoring", "escort") if a.kind == "escort" or a.has("subjects", "extended")]

    def row_70(self):
        return self.ones(a.id for a in self.outside()), None

    def parts_70(self):
        return {"child_times": self.children(self.outside())}

    def leads(self):
        return [c for c in self.cases() if c.kind == "lead" and self.inside(c.opened_on)]

    def row_71(self):
        return self.ones(c.id for c in self.leads()), None

    def parts_71(self):
        return {"followed_up": self.ones(c.id for c in self.leads() if c.answered_on or c.closed_on
                                         or self.last_word(c) in ("answered", "followed_up", "closed"))}

    def row_72(self):
        return self.ones(a.id for a in self.sessions("returnee_talk")), None

    def parts_72(self):
        return {"speakers": self.ones(self.person(s) for a in self.sessions("returnee_talk") for s in a.speakers or ()),
                "talented": self.ones(i for i, m in self.members.items() if m.talent_tags)}

    def row_73(self):
        made = {self.person(p.member_id) for p in self.known("pledge")}
        return self.ones(i for i in self.members if i in made), self.ones(self.members)

    def parts_73(self):
        return self.by_code({(p.kind, self.person(p.member_id)) for p in self.known("pledge")
                             if self.person(p.member_id) in self.members})

    def row_74(self):
        return self.ones(i for i, m in self.members.items() if m.new_employment), None

    def parts_74(self):
        served = {a.id for a in self.known("activity") if self.inside(a.day) and a.kind == "volunteer"}
        there = {self.person(t.member_id) for t in self.there if t.member_id and t.activity_id in served}
        return dict(self.by_code((m.new_employment, i) for i, m in self.members.items() if m.new_employment),
                    volunteers=self.ones(i for i, m in self.members.items() if m.new_employment and i in there))

    def duties(self):
        """A role with days of its own counts on those; one only ticked on the member's card has none and counts."""
        dated = [(self.person(one.member_id), one) for one in self.known("duty_role")]
        with_days = {(who, one.role) for who, one in dated}
        found = {(one.role, who) for who, one in dated if one.role and who in self.members and self.now(one)}
        return found | {(role, i) for i, m in self.members.items() for role in m.duty_roles or () if (i, role) not in with_days}

    def row_75(self):
        return self.ones(who for _, who in self.duties()), None

    def parts_75(self):
        return self.by_code(self.duties())

    def row_77(self):
        return self.ones(g.id for g in self.grids() if g.leader_id or g.worker_ids), self.ones(g.id for g in self.grids())

    def parts_6(self):
        """Closed after the day that was due, or never in time."""
        day, in_time, late = self.parameter("close_day", 5), {}, {}
        towns = self.units_now(("township", "street"))
        for c in sorted(self.live("month_close"), key=lambda one: one.id, reverse=True):
            due = add_months("%s-%02d" % (c.month, day), 1) if c.month[:4] == self.as_of[:4] else "9"
            if c.org_id in towns and c.state == "closed" and due < self.as_of and (c.closed_on or "") <= self.as_of:
                (in_time if (c.closed_on or "9") <= due else late)[c.org_id, c.month] = c.id
        return {"late": self.ones(record for which, record in late.items() if which not in in_time)}

    @staticmethod
    def ones(records):
        return {record: 1 for record in records}

    @staticmethod
    def by_code(pairs):
        out = defaultdict(dict)
        for code, record in pairs:
            out[code][record] = 1
        return dict(out)

    ROWS = [int(name[4:]) for name in dir() if name.startswith("row_")]
    WITHOUT_NUMBER = {2, 35, 76, 78}  # words of the report


# ---------------------------------------------------------------- the comparison

# Rows in which one thing counts in several units (an item pushed, a material, a liaison), or a day or a number of months stands for many.
NOT_ADDITIVE = {41, 42, 48, 51, 52, 55, 68}


def asked(program, home, words):
    done = subprocess.run([program, "--home", home, "--json"] + words, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8")


def compare_parts(question, figure, row, name):
    """Each part by its number and its list; one that only the program or only the script has is a difference."""
    wrong = []
    counted = getattr(question, "parts_%d" % row)() if hasattr(question, "parts_%d" % row) else {}
    for part in sorted(set(counted) | set(figure["parts"])):
        mine, said = counted.get(part, {}), figure["parts"].get(part, {"value": 0, "records": []})
        number, records = mine if isinstance(mine, tuple) else (sum(mine.values()), mine)
        listed = {r for r, n in records.items() if n} if not isinstance(mine, tuple) else set(records)
        if number != said["value"] or listed - set(said["records"]) or set(said["records"]) - set(records):
            wrong.append("%s row %d %s: counted %d %s, figure %d %s" % (
                name, row, part, number, sorted(listed - set(said["records"]))[:3], said["value"],
                sorted(set(said["records"]) - set(records))[:3]))
    return wrong


def compare(question, figures, name):
    wrong = []
    for row in question.ROWS:
        value, of = getattr(question, "row_%d" % row)()
        figure = figures[str(row)]
        wrong += compare_parts(question, figure, row, name)
        said = {r: figure.get("amounts", {}).get(r, 1) for r in figure["records"]} if value is not None else None
        if value is not None:
            value = {r: n for r, n in value.items()}
            if sum(value.values()) != figure["value"]:
                wrong.append("%s row %d: counted %d, figure %s" % (name, row, sum(value.values()), figure["value"]))
            zero = {r for r, n in value.items() if n == 0}
            if {r: n for r, n in said.items() if n} != {r: n for r, n in value.items() if r not in zero}:
                only = sorted(set(value) - zero - set(said)), sorted(set(said) - set(value))
                wrong.append("%s row %d: counted only %s, figure only %s" % (name, row, only[0][:3], only[1][:3]))
        counted_of = None if of is None else sum(of.values())
        if counted_of != figure["denominator"]:
            wrong.append("%s row %d: of %s, figure of %s" % (name, row, counted_of, figure["denominator"]))
    return wrong


def added_up(county, unit, all_figures):
    """What a unit's parts say, and what is its own, is what it says."""
    wrong = []
    parts = [u.id for u in county.units.values() if u.parent_id == unit and u.id in all_figures]
    for row in set(Question.ROWS) - NOT_ADDITIVE:
        whole = all_figures[unit][str(row)]
        if whole["value"] is None:
            continue
        listed = Counter(r for part in parts for r in all_figures[part][str(row)]["records"])
        name = "%s row %d" % (county.units[unit].name, row)
        twice = [r for r, n in listed.items() if n > 1]
        if twice:
            wrong.append("%s: in two parts %s" % (name, twice[:3]))
        lost = set(listed) - set(whole["records"])
        if lost:
            wrong.append("%s: in a part only %s" % (name, sorted(lost)[:3]))
        own = [r for r in set(whole["records"]) - set(listed) if county.unit_of(county.records[r]) != unit]
        if own:
            wrong.append("%s: in no part %s" % (name, sorted(own)[:3]))
    return wrong


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, home, as_of = sys.argv[1:4]
    county = County(asked(program, home, ["dump", "--shelf"]).splitlines())
    county.history = functools.lru_cache(maxsize=None)(
        lambda record: json.loads(asked(program, home, ["get", record, "--history"]))["history"])
    left = set(range(1, 79)) - set(Question.ROWS) - Question.WITHOUT_NUMBER
    if left:
        sys.exit("rows nobody counts: %s" % sorted(left))
    codes = sys.argv[4:] or county.worked_in()
    all_figures, wrong = {}, []
    for code in codes:
        unit = county.by_code[code]
        all_figures[unit] = json.loads(asked(program, home, ["figures", "--scope", code, "--as-of", as_of]))
        wrong += compare(Question(county, unit, as_of), all_figures[unit], county.units[unit].name)
    for unit in all_figures:
        if any(one.parent_id == unit and one.id in all_figures for one in county.units.values()):
            wrong += added_up(county, unit, all_figures)
    for line in wrong:
        print(line)
    print("%d rows counted for %d units: %s" % (len(Question.ROWS), len(codes),
                                               "%d differences" % len(wrong) if wrong else "all equal"))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
