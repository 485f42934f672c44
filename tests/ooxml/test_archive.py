import io
import zipfile

from xltools.ooxml.archive import members_of, rewritten


def archive(*, flags: bool = False) -> bytes:
    buffer: io.BytesIO = Unseekable() if flags else io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", b"<Types/>" * 9)
        zipped.writestr("xl/", b"")
        zipped.writestr(zipfile.ZipInfo("xl/stored.bin", (2021, 3, 5, 10, 0, 0)), b"stored")
        zipped.writestr("xl/表.xml", b"<sheet/>" * 50)
    return buffer.getvalue()


class Unseekable(io.BytesIO):
    """Makes zipfile write data descriptors, as streaming programs do."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: int) -> int:
        raise OSError

    def tell(self) -> int:
        raise OSError


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def test_untouched_members_keep_their_compressed_bytes_and_order() -> None:
    data = archive()
    new = rewritten(data, members_of(data, ""), {"XL/Stored.bin": b"changed", "new.xml": b"<new/>"}, "")
    with opened(data) as before, opened(new) as after:
        assert after.testzip() is None
        assert after.namelist() == ["[Content_Types].xml", "xl/stored.bin", "xl/表.xml", "new.xml"]
        assert after.read("xl/stored.bin") == b"changed"
        assert after.getinfo("xl/stored.bin").compress_type == zipfile.ZIP_STORED
        for name in ("[Content_Types].xml", "xl/表.xml"):
            old, kept = before.getinfo(name), after.getinfo(name)
            assert (old.CRC, old.compress_size, old.date_time) == (kept.CRC, kept.compress_size, kept.date_time)


def test_a_member_is_removed() -> None:
    data = archive()
    new = rewritten(data, members_of(data, ""), {"xl/stored.bin": None, "absent": None}, "")
    assert opened(new).namelist() == ["[Content_Types].xml", "xl/表.xml"]


def test_data_descriptors_and_zip64_fields_are_not_carried_over() -> None:
    data = archive(flags=True)
    assert any(member.flags & 8 for member in members_of(data, ""))
    new = rewritten(data, members_of(data, ""), {}, "")
    with opened(new) as after:
        assert after.testzip() is None
        assert not any(info.flag_bits & 8 or info.extract_version > 20 for info in after.infolist())


def test_writing_twice_gives_the_same_bytes() -> None:
    data = archive()
    once = rewritten(data, members_of(data, ""), {"xl/stored.bin": b"x" * 100}, "")
    assert rewritten(once, members_of(once, ""), {}, "") == once
