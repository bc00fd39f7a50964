"""Signing in, signing out and changing one's password: Flask-Security on this project's tables.

Only that much of Flask-Security is switched on; its views keep their logic, and get from
here their forms, their words, their templates and their place in the gate.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

import sqlalchemy as sa
from flask import Flask, abort, g, make_response, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from flask_security import ChangePasswordForm, LoginForm, RoleMixin, Security, SQLAlchemyUserDatastore, UserMixin
from sqlalchemy.orm.exc import StaleDataError
from wtforms import EmailField, PasswordField
from wtforms.validators import EqualTo

from workflow import passwords
from workflow.access import Openness, public, signed_in
from workflow.addresses import own_path
from workflow.forms.fields import AtMost, NotBlank, Readable, as_typed
from workflow.i18n import N_, TRANSLATIONS, gettext
from workflow.i18n import lazy_gettext as _l
from workflow.models import Account
from workflow.throttle import Throttle
from workflow.transactions import db

#: Flask-Security's views that exist, and who may reach them.
VIEWS: Final[Mapping[str, Openness]] = {
    "security.login": Openness.PUBLIC,
    "security.logout": Openness.PUBLIC,
    "security.change_password": Openness.SIGNED_IN,
}

#: The sentences Flask-Security may say here, in this project's words: they are in its catalogue.
_WORDS: Final[Mapping[str, str]] = {
    "INVALID_PASSWORD": N_("This is not your present password."),
    "PASSWORD_NOT_PROVIDED": N_("Type your present password."),
    "PASSWORD_INVALID_LENGTH": N_("A password has at least %(length)s characters, and at most 128."),
    "PASSWORD_IS_THE_SAME": N_("The new password is the present one."),
    "RETYPE_PASSWORD_MISMATCH": N_("The two new passwords differ."),
    "PASSWORD_CHANGE": N_("Your password is changed. Everywhere else you are signed out."),
}

_DO_NOT_BELONG_TOGETHER: Final = N_("This e-mail address and this password do not belong together.")

_CONFIGURATION: Final[Mapping[str, Any]] = {
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_CHANGEABLE": True,
    "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
    "SECURITY_LOGIN_USER_TEMPLATE": "accounts/sign_in.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "accounts/password.html",
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_NORMALIZE_FORM": passwords.FORM,
    "SECURITY_PASSWORD_LENGTH_MIN": passwords.SHORTEST,
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
        "argon2__time_cost": passwords.TIME_COST,
        "argon2__memory_cost": passwords.MEMORY_KIB,
        "argon2__parallelism": passwords.LANES,
    },
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": lambda email: email, "case_insensitive": False}}],
    # Its messages are looked up among this project's own.
    "SECURITY_I18N_DOMAIN": "messages",
    "SECURITY_I18N_DIRNAME": [str(TRANSLATIONS)],
    "SECURITY_FRESHNESS": timedelta(-1),  # no step-up yet: its view does not exist
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
}


class SignedIn(UserMixin):
    """An account, as Flask-Security wants to meet it.

    The account itself knows nothing of the web; whatever is read or set here is read or
    set there.
    """

    account: Account

    def __init__(self, account: Account) -> None:
        self.__dict__["account"] = account

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the account has
        return getattr(self.__dict__["account"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self.account, name, value)

    @property
    def roles(self) -> list[RoleMixin]:  # type: ignore[override]  # read only
        """No role belongs to an account: roles belong to memberships."""
        return []


class Accounts(SQLAlchemyUserDatastore):
    """Reads on the read-only session; hashing happens there too, so the write lock is held for an UPDATE only."""

    def find_user(self, case_insensitive: bool = False, **attribute: Any) -> SignedIn | None:  # noqa: ANN401, ARG002, FBT001, FBT002 -- Flask-Security's signature
        """Return the account whose one `attribute` is as given."""
        [(name, value)] = attribute.items()
        account = db.session.scalar(sa.select(Account).where(getattr(Account, name) == value))
        return SignedIn(account) if account else None

    def put(self, model: SignedIn) -> SignedIn:
        """Do nothing: the session knows the account already, and notices what changes."""
        return model

    def commit(self) -> None:
        """Write what was changed since, if anything was, in one short transaction.

        Raises:
            StaleDataError: If the account was changed elsewhere at the same moment.

        """
        if not db.session.dirty:
            return
        try:
            db.write_pending()
        except StaleDataError:
            # Flask still saves the cookie of the answer that follows, and in it a sign-in that
            # must not happen.
            db.session.close()
            session.clear()
            g.pop("_login_user", None)
            raise


class SignInForm(LoginForm):
    """``accounts/sign_in.html``."""

    email = EmailField(
        _l("E-mail address"),
        filters=[lambda typed: typed.strip().lower() if typed else typed],
        validators=[NotBlank(_l("Type your e-mail address.")), AtMost(254), Readable()],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _l("Password"),
        filters=[as_typed],
        validators=[NotBlank(_l("Type your password.")), AtMost(passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = None  # type: ignore[assignment]  # WTForms' way to leave a field out
    submit = None  # type: ignore[assignment]  # the same

    def validate(self, **kwargs: Any) -> bool:  # noqa: ANN401 -- handed on
        """Whether the two belong together; if not, nothing says which of them was wrong."""
        throttle: Throttle = g.sign_ins
        who = {"address": request.remote_addr or "", "account": (self.email.data or "")[:254]}
        if wait := throttle.wait(**who):
            g.wait = wait
            abort(HTTPStatus.TOO_MANY_REQUESTS)
        if super().validate(**kwargs):
            throttle.succeeded(**who)
            return True
        if self.ifield:  # an account was looked for: whatever is wrong now, it is said in the same words
            throttle.failed(**who)
            self.email.errors = self.password.errors = ()
            self.form_errors.append(gettext(_DO_NOT_BELONG_TOGETHER))
        return False

    def validate_next(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Accept anything: what is no path of this site is not followed (`_back_to_where_one_was`)."""


class PasswordForm(ChangePasswordForm):
    """``accounts/password.html``."""

    password = PasswordField(
        _l("Present password"),
        validators=[NotBlank(_l("Type your present password.")), AtMost(passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    new_password = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. A few words in a row are easier to remember than signs."),
        validators=[NotBlank(_l("Type the new password."))],
        render_kw={"autocomplete": "new-password"},
    )
    new_password_confirm = PasswordField(
        _l("New password, once more"),
        validators=[
            NotBlank(_l("Type the new password once more.")),
            EqualTo("new_password", message=_l("The two new passwords differ.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    submit = None  # type: ignore[assignment]  # WTForms' way to leave a field out


class _Sessions(SecureCookieSessionInterface):
    """Sessions whose end is put off by what a person asks for, not by what an open page asks for by itself."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether the answer carries the cookie anew."""
        return super().should_set_cookie(app, session) and not g.get("by_itself", False)


def asked_by_the_page_itself() -> None:
    """Note that no person made the present request: it is no reason to let the session last longer."""
    g.by_itself = True


def init_app(app: Flask) -> None:
    """Let people sign in to `app`."""
    app.session_interface = _Sessions()
    app.config.from_mapping(_CONFIGURATION)
    for key, words in _WORDS.items():
        app.config[f"SECURITY_MSG_{key}"] = (words, "success" if key == "PASSWORD_CHANGE" else "error")
    accounts = Accounts(db, Account, None)  # type: ignore[arg-type]  # not a user model of its own making, no roles
    security = Security(app, accounts, login_form=SignInForm, change_password_form=PasswordForm)
    security.want_json(lambda _request: False)
    security.unauthn_handler(lambda *_mechanisms, **_more: abort(HTTPStatus.UNAUTHORIZED))
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]  # set by Flask-Login
    sign_ins = Throttle()

    @app.before_request
    def remember() -> None:
        g.sign_ins = sign_ins
        if "_user_id" in session and not session.permanent:
            session.permanent = True  # so that each request puts off the end of the session

    for endpoint, openness in VIEWS.items():
        app.view_functions[endpoint] = _in_place(app.view_functions[endpoint], openness, accounts)


def _in_place(view: Callable[..., Any], openness: Openness, accounts: Accounts) -> Callable[..., ResponseReturnValue]:
    """Return a view of Flask-Security behind the gate, answering as this project does: 422, and only own redirects."""

    def answer(**arguments: object) -> ResponseReturnValue:
        response = make_response(view(**arguments))
        accounts.commit()  # here, and not after the request, where no page could say that it failed
        if response.status_code == HTTPStatus.FOUND:
            response.status_code = HTTPStatus.SEE_OTHER
            response.location = own_path(request.values.get("next")) or "/"
        elif request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    answer.__name__ = getattr(view, "__name__", "view")
    return signed_in(answer) if openness is Openness.SIGNED_IN else public(answer)
