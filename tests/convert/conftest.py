"""Tiny students, each written once; a test that changes one copies it first."""

import shutil

import pytest
import tiny_students

SHAPES = {
    "house": tiny_students.write_house,
    "hub-bart": tiny_students.write_hub_bart,
    "t5": tiny_students.write_t5,
    "flan-t5": lambda path: tiny_students.write_t5(path, flan=True),
}


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Tensors this small are done sooner by one thread."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def student_of(tmp_path_factory):
    """student_of(shape) -> directory, made when it is first asked for; leave it as it is."""
    root = tmp_path_factory.mktemp("students")

    def student(shape):
        path = root / shape
        return path if path.exists() else SHAPES[shape](path)

    return student


@pytest.fixture
def house(student_of, tmp_path):
    """A copy of the tiny house student, to be damaged."""
    return shutil.copytree(student_of("house"), tmp_path / "house")
