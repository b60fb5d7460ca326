"""A folder from anywhere is read within bounds, whatever somebody has put into it."""

import os
from pathlib import Path

import pytest

from conversion.errors import NotFound
from conversion.policy.plain_folder import files_in


def told(faults):
    return [str(fault) for fault in faults]


def test_files_are_read_in_order_with_their_path_within_the_folder(tmp_path):
    (tmp_path / "notice").mkdir()
    (tmp_path / "notice" / "members.yaml").write_text("甲", "utf-8")
    (tmp_path / "a.yaml").write_text("乙", "utf-8")

    assert files_in(tmp_path) == (
        {"a.yaml": "乙".encode(), "notice/members.yaml": "甲".encode()},
        (),
    )


def test_hidden_files_and_folders_are_nobodys(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.yaml").write_text("a: 1", "utf-8")
    (tmp_path / ".hidden.yaml").write_text("a: 1", "utf-8")

    assert files_in(tmp_path) == ({}, ())


def test_a_folder_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(NotFound) as refusal:
        files_in(tmp_path / "parameters")

    assert (refusal.value.asked, refusal.value.found, refusal.value.remedy) == (
        "读取文件夹 parameters",
        f"没有文件夹 {tmp_path / 'parameters'}",
        "核对名称",
    )


def test_links_lead_nowhere_be_they_to_files_or_to_folders(tmp_path):
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (outside / "secret.yaml").write_text("a: 1", "utf-8")
    (folder / "file.yaml").symlink_to(outside / "secret.yaml")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.yaml").symlink_to(folder / "missing.yaml")

    contents, faults = files_in(folder)

    assert contents == {}
    assert told(faults) == [
        f"{name}:1 不接受链接，把文件本身放进来"
        for name in ("file.yaml", "folder", "loop", "nowhere.yaml")
    ]


def test_what_never_ends_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")

    contents, faults = files_in(tmp_path)

    assert contents == {}
    assert told(faults) == ["pipe.yaml:1 不是普通文件，换成文本文件，例如 notice.yaml"]


def test_a_file_that_may_not_be_read_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.yaml").write_text("a: 1", "utf-8")
    (tmp_path / "b.yaml").write_text("b: 1", "utf-8")
    opened = Path.open

    def refuse(path, *how):
        if path.name == "a.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *how)

    monkeypatch.setattr(Path, "open", refuse)  # nothing is closed to root, who runs these tests

    contents, faults = files_in(tmp_path)

    assert contents == {"b.yaml": b"b: 1"}
    assert told(faults) == ["a.yaml:1 没有读取的权限，改正权限，例如 chmod u+r"]


def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed" / "a.yaml").write_text("a: 1", "utf-8")
    (tmp_path / "b.yaml").write_text("b: 1", "utf-8")
    monkeypatch.setattr(os, "access", lambda path, _mode: path.name != "closed")

    assert told(files_in(tmp_path)[1]) == ["closed:1 没有读取的权限，改正权限，例如 chmod u+r"]

    with pytest.raises(NotFound) as refusal:
        files_in(tmp_path / "closed")
    assert refusal.value.found == f"没有读取文件夹 {tmp_path / 'closed'} 的权限"


def test_of_a_large_file_only_so_much_is_read_as_shows_that_it_is_large(tmp_path):
    with (tmp_path / "large.yaml").open("wb") as file:
        file.truncate(10 * 1024 * 1024 * 1024)

    contents, faults = files_in(tmp_path)

    assert len(contents["large.yaml"]) == 512 * 1024 + 1
    assert faults == ()


def test_folders_may_lie_eight_deep_and_no_deeper(tmp_path):
    folder = tmp_path
    for _ in range(8):
        folder = folder / "d"
        folder.mkdir()
    (folder / "a.yaml").write_text("a: 1", "utf-8")
    assert files_in(tmp_path) == ({"/".join("d" * 8) + "/a.yaml": b"a: 1"}, ())

    (folder / "d").mkdir()
    (folder / "d" / "b.yaml").write_text("a: 1", "utf-8")
    contents, faults = files_in(tmp_path)
    assert list(contents) == ["/".join("d" * 8) + "/a.yaml"]
    assert told(faults) == ["/".join("d" * 9) + ":1 文件夹嵌套超过 8 层，减少层次"]


def test_five_hundred_files_are_enough(tmp_path):
    for number in range(500):
        (tmp_path / f"{number:03}.yaml").write_text("", "utf-8")
    assert files_in(tmp_path)[1] == ()

    for number in (500, 501):
        (tmp_path / f"{number}.yaml").write_text("", "utf-8")
    contents, faults = files_in(tmp_path)
    assert len(contents) == 500
    assert told(faults) == ["500.yaml:1 文件夹里超过 500 个文件，合并成较少的文件"]
