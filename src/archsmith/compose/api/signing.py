"""Signing up, in and out, where accounts are our own; an identity provider does all of it elsewhere."""

from http import HTTPStatus
from typing import Final

from msgspec.structs import replace

from archsmith.compose.api.board import Board
from archsmith.compose.api.messages import said
from archsmith.compose.routes import own_collection
from archsmith.kernel.names import snake
from archsmith.kernel.phrases import duration
from archsmith.model.architecture import Authentication
from archsmith.model.contracts import Act, Body, Endpoint
from archsmith.model.decisions import Dimension
from archsmith.model.domain import AttributeType
from archsmith.model.shapes import Field

_TOKEN_MAX: Final = 500
_PASSWORD: Final = (12, 128)
"""Characters: NIST SP 800-63B asks for 8 at least and 64 to be allowed; OWASP ASVS 5.0 recommends 12 and 128."""
_CODE: Final = "^[0-9]{6}$"
"""A one-time code of RFC 6238."""


def signing(board: Board) -> None:
    """Accounts, sessions, forgotten passwords, and the second factor where the design asks for one."""
    people = [a for a in board.draft.authentication if a.method == "password"]
    if people and board.endpoints:
        _Signing(board, people).add()


class _Signing:
    """The endpoints of accounts; a name that the business has for something of its own gets another."""

    def __init__(self, board: Board, people: list[Authentication]) -> None:
        self._board = board
        self._people = people
        first = next((e for e in board.endpoints if self._known(e)), board.endpoints[0])
        home = board.draft.services[0].id
        self._first = replace(
            next((e for e in board.endpoints if e.service == home), first),
            because=board.ctx.because(Dimension.IDENTITY, Dimension.SESSION),
            cache=None,
        )
        session = board.ctx.decision(Dimension.SESSION)
        self._signed = session is not None and session.option == "signed_token"
        self._second = any(a.second_factor for a in people)

    def _known(self, endpoint: Endpoint) -> bool:
        return self._board.ctx.operations[endpoint.operation].actor in {a.actor for a in self._people}

    def add(self) -> None:
        self._sessions()
        if any(not self._board.ctx.actors[a.actor].internal for a in self._people):
            self._accounts()
        self._passwords()
        if self._second:
            self._factors()

    def _path(self, wish: str) -> str:
        return f"/{own_collection(self._board.ctx, wish)}"

    def _put(self, name: str, method: str, path: str, summary: str, reason: str, **facts: object) -> None:
        """Adds an endpoint, or takes over the one that an operation of the brief has there."""
        tag = "Sessions" if "session" in path or "token" in path else "Accounts"
        usual: dict[str, object] = {
            "operation_id": name, "tag": tag, "summary": summary, "scopes": (), "response": Body.NONE,
            "success": HTTPStatus.NO_CONTENT,
        }  # fmt: skip
        known = self._board.get(method, path)
        if known is not None:
            self._board.put(replace(known, **{**usual, "request": Body.NONE, "idempotency_key": False, **facts}))
        else:
            self._board.beside(self._first, Act.SIGN, method, path, reason, "", **{**usual, **facts})

    def _sessions(self) -> None:
        path = self._path("sessions")
        longest = max(a.session for a in self._people)
        takes = [_login(), _password("password", "The password")]
        if self._second:
            takes.append(said("one_time_code", AttributeType.TEXT, "Of the second factor, where one is set up",
                              required=False, secret=True, pattern=_CODE, max_length=6,
                example="492816"))  # fmt: skip
        self._put(
            "create_session", "POST", path, "Sign in", "Whoever has an account proves it here.",
            request=Body.FIELDS, takes=tuple(takes), response=Body.FIELDS, gives=self._tokens(longest),
            success=HTTPStatus.CREATED,
        )  # fmt: skip
        self._put(
            "delete_session", "DELETE", f"{path}/self", "Sign out",
            "A session that is ended can't be used by whoever finds the device.", proofs=("password",),
        )  # fmt: skip
        if self._signed:
            refresh = said("refresh_token", AttributeType.TEXT, "The one that was given last", secret=True,
                           max_length=_TOKEN_MAX)  # fmt: skip
            self._put(
                "create_token", "POST", self._path("tokens"), "Renew an access token",
                "Access tokens are short; each refresh token is good once, and its reuse ends the session.",
                request=Body.FIELDS, takes=(refresh,), response=Body.FIELDS, gives=self._tokens(longest),
                success=HTTPStatus.CREATED,
            )  # fmt: skip

    def _tokens(self, longest: float) -> tuple[Field, ...]:
        life = self._board.ctx.parameter("token.life") if self._signed else longest
        found = [
            said("access_token", AttributeType.TEXT, "Send it in Authorization: Bearer", secret=True, max_length=4096),
            said("token_type", AttributeType.TEXT, "How it is sent (RFC 6750)", max_length=6, pattern="^Bearer$",
                 example="Bearer"),
            said("expires_in", AttributeType.INTEGER, f"Seconds it is good for: {duration(life)}", minimum=1,
                 maximum=int(life)),
        ]  # fmt: skip
        if self._signed:
            what = f"For the next access token; the session ends {duration(longest)} after signing in"
            found.append(said("refresh_token", AttributeType.TEXT, what, secret=True, max_length=_TOKEN_MAX))
        return tuple(found)

    def _accounts(self) -> None:
        self._put(
            "create_account", "POST", self._path("accounts"), "Register",
            "People make their accounts. The answer is the same where there is one already: the mail says so.",
            request=Body.FIELDS, takes=(_login(), _password("password", "Refused where it is among the leaked ones")),
            success=HTTPStatus.ACCEPTED,
        )  # fmt: skip
        self._put(
            "create_email_verification", "POST", self._path("email-verifications"), "Confirm an e-mail address",
            "An address is believed once its owner has followed the link in the mail.",
            request=Body.FIELDS, takes=(_mailed(),), proofs=("one_time_token",),
        )  # fmt: skip

    def _passwords(self) -> None:
        valid = duration(self._board.ctx.parameter("link.valid"))
        self._put(
            "create_password_reset_request", "POST", self._path("password-reset-requests"), "Ask for a new password",
            f"Sends a link that is good for {valid}; the answer is the same whether or not there is such an account.",
            request=Body.FIELDS, takes=(_login(),), success=HTTPStatus.ACCEPTED,
        )  # fmt: skip
        self._put(
            "create_password_reset", "POST", self._path("password-resets"), "Set a new password",
            "The token from the mail stands for the forgotten password, once; all sessions of the account end.",
            request=Body.FIELDS, takes=(_mailed(), _password("password", "The new one")), proofs=("one_time_token",),
        )  # fmt: skip

    def _factors(self) -> None:
        path = self._path("second-factors")
        gives = (
            said("secret", AttributeType.TEXT, "For the app that makes the codes (Base32)", secret=True, max_length=64),
            said("otpauth_uri", AttributeType.URL, "The same for a QR code", secret=True, max_length=500),
        )
        code = said(
            "one_time_code",
            AttributeType.TEXT,
            "What the app shows",
            secret=True,
            pattern=_CODE,
            max_length=6,
            example="492816",
        )
        self._put(
            "create_second_factor", "POST", path, "Set up a second factor",
            "Who opens sensitive data signs in with more than a password.",
            response=Body.FIELDS, gives=gives, success=HTTPStatus.CREATED, proofs=("password",),
        )  # fmt: skip
        self._put(
            "confirm_second_factor", "POST", f"{path}/self/confirm", "Confirm a second factor",
            "It is asked for from now on, once a first code has shown that the app has it.",
            request=Body.FIELDS, takes=(code,), proofs=("password",),
        )  # fmt: skip


def _login() -> Field:
    return said("login", AttributeType.EMAIL, "E-mail address that one signs in with", max_length=254)


def _password(name: str, description: str) -> Field:
    least, most = _PASSWORD
    return said(
        snake(name),
        AttributeType.TEXT,
        description,
        secret=True,
        min_length=least,
        max_length=most,
        example="correct horse battery staple",
    )


def _mailed() -> Field:
    return said("token", AttributeType.TEXT, "From the link in the mail; good once", secret=True, max_length=_TOKEN_MAX)
