"""A body that is too large is refused before it is read."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile


def test_a_body_beyond_the_bound_is_refused_unread(rf, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    request = rf.post("/", {"photo": SimpleUploadedFile("a.jpg", b"x" * 2000)})

    with pytest.raises(RequestDataTooBig):
        _ = request.FILES
    assert request.read() != b""


def test_a_file_within_the_bound_arrives_whole(rf):
    request = rf.post("/", {"photo": SimpleUploadedFile("a.jpg", b"x" * 2000)})

    assert request.FILES["photo"].read() == b"x" * 2000
