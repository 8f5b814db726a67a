"""Who may go through which door. Whoever is not named finds no door: 404."""

from dataclasses import dataclass

from tests.doors.world import ELSEWHERE, HERE

STAFF = "clerk director"
UNIT = "unit_clerk unit_leader"
UNITS = f"{UNIT} cohandler other_unit"
DEPUTIES = "lead cosigner deputy"
ADMINISTRATORS = "administrator security auditor"
ALL = " ".join((*HERE, "nobody"))


@dataclass(frozen=True)
class Door:
    """`may` goes through, `sees` knows what is behind it and is refused (403).

    `read` answers GET only, `post` POST only, `form` both. With `own` the same roles of another
    congress go through too: to what is theirs; else they are answered `elsewhere`. `others` is
    what everybody else is answered.
    """

    kind: str
    may: str
    sees: str = ""
    own: bool = False
    others: int = 404
    elsewhere: int = 404

    def answer_to(self, role: str) -> int:
        plain, is_here = role.removesuffix(" elsewhere"), role not in ELSEWHERE
        if plain in self.may.split():
            return 200 if self.own or is_here else self.elsewhere
        return 403 if role in self.sees.split() else self.others


def read(may: str, **more) -> Door:
    return Door("read", may, **more)


def post(may: str, **more) -> Door:
    return Door("post", may, **more)


def form(may: str, **more) -> Door:
    return Door("form", may, **more)


# Open to everybody without a name: this list is the whole of it.
PUBLIC = {
    "dashboards:home", "dashboards:figures", "dashboards:healthz", "dashboards:readyz",
    "dashboards:metrics", "dashboards:trace", "dashboards:trace_pdf",
    "opinions:say", "opinions:say_where", "opinions:say_send", "opinions:similar", "opinions:said",
    "opinions:say_at_venue", "opinions:say_to_deputy", "opinions:follow", "opinions:voice",
    "opinions:solved", "opinions:forget_phone", "opinions:own_picture", "opinions:matters",
    "opinions:join", "opinions:privacy",
    "suggestions:calendar_feed", "suggestions:public", "suggestions:feed", "suggestions:published", "suggestions:promises",
    "venues:index", "venues:card", "venues:poster",
    "congress:deputies", "congress:deputy", "congress:poster",
    "rulebook:public",
    "ui:large_text", "ui:accessibility", "ui:manifest", "ui:service_worker", "ui:offline",
    "set_language",
    "account_login", "account_logout", "account_inactive", "account_signup",
    "account_email_verification_sent", "account_confirm_login_code", "account_confirm_email",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_authenticate",
    "api:openapi-json", "api:matters", "api:voice", "api:suggestions", "api:suggestion",
    "api:promises", "api:api-root",
}  # fmt: skip

# Public doors that take a POST only, or lead on at once, or whose item is not there for a stranger.
PUBLIC_ANSWERS = {
    "opinions:say_where": 302,
    "opinions:say_send": 302,
    "opinions:similar": 405,
    "opinions:solved": 405,
    "opinions:forget_phone": 405,
    "opinions:join": 405,
    "dashboards:trace": 404,  # of a suggestion that is not published
    "dashboards:trace_pdf": 404,
    "ui:large_text": 405,
    "set_language": 302,
    "account_logout": 302,
    "suggestions:calendar_feed": 404,  # the address is a key
    "account_confirm_login_code": 302,
    "mfa_authenticate": 302,
    "api:api-root": 404,
}

# fmt: off
DOORS: dict[str, Door] = {
    # landing pages
    "dashboards:landing": read(ALL, own=True),
    "dashboards:deputy": read(DEPUTIES, own=True),
    "dashboards:desk": read(ALL, own=True),
    "dashboards:overview": read(f"{STAFF} government member auditor", own=True),
    # residents' matters
    "opinions:desk": read(ALL, own=True),
    "opinions:batch": post(ALL, own=True),
    "opinions:matter": read(f"lead officer {STAFF}"),
    "opinions:set_subject": post(f"officer {STAFF}", sees="lead"),
    "opinions:publish": post(f"{STAFF}", sees="lead officer"),
    "opinions:hide": post(STAFF),
    "opinions:merge": post(f"officer {STAFF}", sees="lead"),
    "opinions:unmerge": post(STAFF),
    "opinions:picture": read(f"lead officer {STAFF}"),
    "opinions:walk_in": form(f"officer {STAFF}", own=True, others=403),
    "opinions:slip": read(f"officer {STAFF}"),
    "opinions:by_hand": read(f"officer {STAFF}", own=True, others=403),
    "opinions:tell_by_hand": post(f"officer {STAFF}", sees="lead"),
    "opinions:proposals": read(STAFF, own=True, others=403),
    "opinions:accept_proposal": post(STAFF, others=403),
    "opinions:reject_proposal": post(STAFF, others=403),
    "opinions:undo_proposal": post(STAFF, others=403),
    "opinions:imports": form(STAFF, own=True, others=403),
    "opinions:voice_import": read(STAFF, others=403),
    "opinions:choose_columns": post(STAFF, others=403),
    "opinions:start_import": post(STAFF, others=403),
    "opinions:import_progress": read(STAFF, others=403),
    "opinions:import_problems": read(STAFF, others=403),
    "opinions:deputy_matters": read(ALL, own=True),
    "opinions:deputy_matter": read(f"lead {STAFF}"),
    **{
        f"opinions:{face}{step}": door
        for face in ("", "deputy_")
        for step, door in {
            "point_elsewhere": post(f"officer {STAFF}", sees="lead"),
            "answer_on_the_spot": post(f"officer {STAFF}", sees="lead"),
            "give_to_deputy": post(f"officer {STAFF}", sees="lead"),
            "hand_to_department": post(f"officer {STAFF}", sees="lead"),
            "hand_to_hotline": post(f"officer {STAFF}", sees="lead"),
            "take_up": post("lead", sees=f"officer {STAFF}"),
            "deputy_answers": post("lead", sees=STAFF),
            "give_back": post("lead", sees=STAFF),
            "report_back": post(f"{STAFF} {UNIT}"),
        }.items()
    },
    # a deputy's paper
    "suggestions:write": form(DEPUTIES, own=True),
    "suggestions:similar": read(DEPUTIES, own=True),
    "suggestions:mine": read(DEPUTIES, own=True),
    "suggestions:deputy_detail": read("lead cosigner"),
    "suggestions:deputy_versions": read("lead cosigner"),
    "suggestions:revise": form("lead", sees="cosigner"),
    "suggestions:invite": form("lead", sees="cosigner"),
    "suggestions:submit": form("lead"),
    "suggestions:resubmit": form("lead", sees=f"{STAFF} member"),
    "suggestions:ask_withdrawal": form("lead", sees=f"cosigner {STAFF} member"),
    "suggestions:withdraw": form("lead", sees=f"{STAFF} member"),
    "suggestions:cosign": form("cosigner", sees="lead"),
    "suggestions:signature_decline": form("cosigner", sees="lead"),
    "suggestions:signature_remove_signer": form("lead", sees="cosigner"),
    "suggestions:signature_agree_withdrawal": form("cosigner", sees=f"lead {STAFF} member"),
    "suggestions:rate": form("lead cosigner", sees=f"{STAFF} government {UNIT} member"),
    "suggestions:promise_rate_promise": form("lead", sees=f"{STAFF} government {UNIT} member"),
    # the desk
    "suggestions:desk": read(f"{STAFF} government member", own=True),
    "suggestions:hand_over_many": post(ALL, own=True),
    "suggestions:calendar": read(ALL, own=True),
    "suggestions:meeting": form(STAFF, own=True),
    "suggestions:learn_routes": post(STAFF, own=True),
    "suggestions:receipts": read(STAFF, own=True),
    "suggestions:hand_over_letters": read(STAFF),
    "suggestions:detail": read(f"lead {STAFF} government {UNIT} cohandler member"),
    "suggestions:versions": read(f"lead {STAFF} government {UNIT} cohandler member"),
    "suggestions:letter": read(f"lead {STAFF} member"),
    "suggestions:reply": read(f"lead cosigner {STAFF} government {UNIT} member"),
    "suggestions:register": form(STAFF, sees="lead member"),
    "suggestions:return_for_revision": form(STAFF, sees="lead member"),
    "suggestions:treat_as_letter": form(STAFF, sees="lead member"),
    "suggestions:refuse": form(STAFF, sees="lead member"),
    "suggestions:propose_units": form(STAFF, sees="lead member"),
    "suggestions:hand_over": form("director", sees="lead clerk member"),
    "suggestions:add_cohandler": form(f"{STAFF} government", sees=f"lead {UNIT} cohandler member"),
    "suggestions:close": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:decide_redo": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:decide_accept": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:decide_track": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:propose_publication": form(f"{STAFF} {UNIT}", sees="lead government member"),
    "suggestions:publication_publish": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:publication_update_publication": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:publication_keep_closed": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:publication_take_back": form(STAFF, sees=f"lead government {UNIT} member"),
    # the units
    "suggestions:tasks": read(UNITS, own=True),
    "suggestions:draft_reply": form(UNIT, sees=f"lead {STAFF} government cohandler member"),
    "suggestions:send_for_review": form(UNIT, sees=f"lead {STAFF} government member"),
    "suggestions:sign_reply": form("unit_leader", sees=f"lead {STAFF} government unit_clerk member"),
    "suggestions:send_back": form("unit_leader", sees=f"lead {STAFF} government unit_clerk member"),
    "suggestions:assignment_sign_for": form(UNIT, sees=f"lead {STAFF} government member"),
    "suggestions:assignment_log_contact": form(UNIT, sees=f"lead {STAFF} government cohandler member"),
    "suggestions:assignment_give_opinion": form("cohandler", sees=f"lead {STAFF} government {UNIT} member"),
    "suggestions:assignment_ask_return": form(UNIT, sees=f"lead {STAFF} government member"),
    "suggestions:assignment_grant_return": form(f"{STAFF} government", sees=f"lead {UNIT} member"),
    "suggestions:assignment_refuse_return": form(f"{STAFF} government", sees=f"lead {UNIT} member"),
    "suggestions:assignment_ask_again": form(UNIT, sees=f"lead {STAFF} government cohandler member"),
    "suggestions:assignment_remove_cohandler": form(f"{STAFF} government", sees=f"lead {UNIT} cohandler member"),
    # the ledger
    "suggestions:ledger": read(" ".join(HERE), own=True),
    "suggestions:promise_claim_done": form(UNIT, sees=f"lead {STAFF} government member"),
    "suggestions:promise_confirm": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:promise_send_back_promise": form(STAFF, sees=f"lead government {UNIT} member"),
    "suggestions:promise_break_promise": form("unit_leader", sees=f"lead {STAFF} government unit_clerk member"),
    "suggestions:promise_reopen_promise": form(STAFF, sees=f"lead government {UNIT} member"),
    # homes and stations
    "venues:desk": read(ALL, own=True),
    "venues:open_venue": form(STAFF, own=True),
    "venues:import_venues": form(STAFF, own=True),
    "venues:desk_venue": read(f"officer {STAFF} member committee"),
    "venues:change_venue": form(STAFF),
    "venues:place": post(STAFF),
    "venues:remove": post(STAFF),
    "venues:add_officer": post(STAFF),
    "venues:remove_officer": post(STAFF),
    "venues:plan_duty": form(f"officer {STAFF}"),
    "venues:timetable": read(ALL, own=True),
    "venues:duty": read(f"officer {STAFF} member committee"),
    "venues:open_duty": post(f"officer {STAFF}", sees="member committee"),
    "venues:close_duty": post(f"officer {STAFF}", sees="member committee"),
    "venues:cancel": post(f"officer {STAFF}", sees="member committee"),
    # the congress
    "congress:desk_deputies": read(ALL, own=True),
    "congress:import_deputies": form(STAFF, own=True),
    "congress:desk_deputy": read(f"{STAFF} member committee administrator"),
    "congress:change_person": form(STAFF),
    "congress:suspend": post(STAFF, sees="member committee administrator"),
    "congress:resume": post(STAFF, sees="member committee administrator"),
    "congress:end": post(STAFF, sees="member committee administrator"),
    "congress:units": read(ALL, own=True),
    "congress:open_unit": form(f"{STAFF} administrator", own=True),
    "congress:import_units": form(f"{STAFF} administrator", own=True),
    "congress:change_unit": form(f"{STAFF} administrator"),
    "congress:appointments": read(ADMINISTRATORS, own=True),
    "congress:appoint": form("administrator", own=True),
    "congress:dismiss": post("administrator"),
    "congress:terms": read(f"{STAFF} administrator", own=True),
    "congress:convene": form(f"{STAFF} administrator"),
    "congress:unmaskings": read("auditor", own=True),
    # messages, rules, one's own account
    "notices:inbox": read(ALL, own=True),
    "notices:read_all": post(ALL, own=True),
    "notices:read": post("clerk"),
    "notices:outbox": read(f"{STAFF} administrator", own=True),
    "notices:send_again": post(f"{STAFF} administrator"),
    "rulebook:index": read(ALL, own=True),
    "rulebook:detail": read(ALL, own=True),
    "rulebook:change": form("administrator", others=403, elsewhere=403),
    "rulebook:calendar": read(ALL, own=True),
    "rulebook:change_day": form("administrator", others=403, elsewhere=403),
    "accounts:profile": read(ALL, own=True),
    "accounts:unmask": form(f"officer {STAFF}"),
    "account_change_password": read(ALL, own=True),
    "account_set_password": read(ALL, own=True),
    "account_email": read(ALL, own=True),
    "account_reauthenticate": read("", others=403),  # there is nothing to confirm with
    "mfa_index": read(ALL, own=True),
    "mfa_reauthenticate": read("", others=403),
    "mfa_activate_totp": read(ALL, own=True),
    "mfa_deactivate_totp": read(""),
    "mfa_view_recovery_codes": read(""),
    "mfa_generate_recovery_codes": read(ALL, own=True),
    "mfa_download_recovery_codes": read(""),
}
# fmt: on
