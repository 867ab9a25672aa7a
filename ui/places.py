"""A place as a reader or a program writes it: the provision there, or how far the address can be followed."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from corpus.address import Address, path_of, spoken
from corpus.document import Document, Provision
from corpus.errors import AddressError, QuestionError

_LONGEST = 2_000  # characters of an address; what is longer is nobody's
_SHOWN = 200  # characters of a wrong one that an error repeats
_NAMED = 20  # parts that an error names


def provision_at(document: Document, address: str) -> Provision | None:
    """The provision at an address inside `document`; "" is the whole document."""
    if not address.strip("/"):
        return document.root
    path = _path(document.id, address)
    return None if path is None else document.by_address.get(path)


def nearest_to(document: Document, address: str) -> Provision:
    """How far an address that is not there can be followed."""
    path = _path(document.id, address)
    places = accumulate(path.split("/"), "{}/{}".format) if path else ()
    found = [document.by_address[place] for place in places if place in document.by_address]
    return found[-1] if found else document.root


def place_name(provision: Provision) -> str:
    """ "Khoản 2 mục V Điều 1", or "Văn bản này"."""
    words = spoken(provision.address) if provision.address.units else "văn bản này"
    return words[0].upper() + words[1:]


def place_of(permalink: str, documents: Mapping[str, Document]) -> Address:
    """The provision behind a permalink, with or without /documents/ or /v1/documents/ before it.

    Raises QuestionError where there is none.
    """
    bare = permalink.strip().removeprefix("/v1").removeprefix("/documents/").strip("/")
    if len(bare) > _LONGEST:
        raise QuestionError(f"Địa chỉ quá {_LONGEST} ký tự: “{bare[:_SHOWN]}…”. Hãy chép lại permalink.")
    try:
        id_, path = path_of(bare)
    except AddressError as error:
        raise QuestionError(str(error)) from error
    if id_ not in documents:
        raise QuestionError(f"Không có văn bản “{id_[:_SHOWN]}”. Đang có: {', '.join(documents)}.")
    held = documents[id_]
    if path in held.by_address:
        return held.by_address[path].address
    nearest = nearest_to(held, path)
    there = [child.address.units[-1].slug for child in nearest.children if child.address.units]
    where = inside(nearest.address) or "văn bản này"
    found = f"Ở {where} có: {', '.join(there[:_NAMED])}." if there else f"{where} không chia nhỏ hơn."
    raise QuestionError(f"Văn bản “{id_}” không có “{path[:_SHOWN]}”. {found}")


def permalink_of(address: Address) -> str:
    """The readable page of a provision: "/documents/qd-…/dieu-1/muc-v/khoan-2"."""
    return f"/documents/{address.permalink}"


def inside(address: Address) -> str:
    """The address without its document: "dieu-1/muc-v/khoan-2"; "" for the whole document."""
    return "/".join(unit.slug for unit in address.units)


def _path(document: str, address: str) -> str | None:
    """The key in `by_address`; None for what cannot be an address."""
    if len(address) > _LONGEST:
        return None
    try:
        return path_of(f"{document}/{address}")[1]
    except AddressError:
        return None
