# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands settings to spark-submit in files that only the user can read: everyone can read command lines."""
import os
import re
import shutil
import tempfile

JAVA_OPTIONS = ("spark.driver.defaultJavaOptions", "spark.driver.extraJavaOptions")
PIECE = re.compile(r"""'([^']*)'|"((?:[^"\\]|\\.)*)"|(\\.)|([^\s'"\\]+)|(\s+)""", re.S)
ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f"}


def words_of(options):
    """Java options as Spark takes them apart: at blanks that no quote or backslash protects."""
    words, word, place = [], None, 0
    while place < len(options):
        piece = PIECE.match(options, place)
        if not piece:
            raise ValueError(f"a quote without its end: {options}")
        single, double, escaped, plain, blank = piece.groups()
        if blank:
            words += [] if word is None else [word]
            word = None
        else:
            text = single or plain or re.sub(r"\\(.)", r"\1", double or escaped or "", flags=re.S)
            word = (word or "") + text
        place = piece.end()
    return words + ([] if word is None else [word])


def take_java_options(settings):
    """The words of the Java options; they are emptied in `settings`, but for those that Spark is to refuse."""
    taken = []
    for key in JAVA_OPTIONS:
        value = settings.get(key, "")
        try:
            words = words_of(value)
        except ValueError:
            continue
        if words and not any(word.startswith("-Xmx") for word in words):
            taken += words
            settings[key] = ""
    return taken


def escaped(text, more=""):
    return "".join(ESCAPES.get(letter, "\\" + letter if letter in more else letter) for letter in text)


def property_line(key, value):
    """One line of a Java properties file."""
    return f"{escaped(key, ' =:#!')}={escaped(value, ' ' if value[:1] == ' ' else '')}\n"


def quoted(word):
    """A word of a file of Java options."""
    return '"' + escaped(word, '"') + '"\n'


def default_settings():
    """What spark-defaults.conf says, which a properties file replaces."""
    folder = os.environ.get("SPARK_CONF_DIR") or os.path.join(os.environ.get("SPARK_HOME", ""), "conf")
    try:
        with open(os.path.join(folder, "spark-defaults.conf"), "rb") as file:
            return file.read() + b"\n\n"
    except OSError:
        return b""


class SubmitFiles:
    """`arguments` are spark-submit's, `java_options` words for SPARK_SUBMIT_OPTS; good until the end of the context."""

    def __init__(self, settings, folder=None):
        """`folder` is made; None = a fresh one."""
        if folder:
            os.mkdir(folder, 0o700)
        self._folder = folder or tempfile.mkdtemp(prefix="submit-")
        settings = dict(settings)
        words = take_java_options(settings)
        lines = "".join(property_line(key, value) for key, value in settings.items())
        self.arguments = ["--properties-file", self._write("spark.properties", default_settings(), lines)]
        self.java_options = []
        if words:
            path = self._write("java.options", b"", "".join(map(quoted, words)))
            self.java_options = ['"@' + path.replace("\\", "\\\\").replace('"', '\\"') + '"']

    def _write(self, name, start, text):
        path = os.path.join(self._folder, name)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(start + text.encode("utf-8", "replace"))
        return path

    def environment(self, environment):
        """That environment with the Java options in it."""
        words = [environment.get("SPARK_SUBMIT_OPTS", ""), *self.java_options]
        return {**environment, "SPARK_SUBMIT_OPTS": " ".join(words).strip()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)
