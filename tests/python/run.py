# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the tests of the interpreters' Python parts, and ends with a line of totals in QtTest's form."""
import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "resources", "local")]
    sys.dont_write_bytecode = True
    names = sys.argv[1:]
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(names) if names else loader.discover(HERE, "test_*.py")
    result = unittest.TextTestRunner(verbosity=1, buffer=True).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    skipped = len(result.skipped)
    for test, reason in result.skipped:
        print(f"SKIP   : {test} {reason}")
    print(f"Totals: {result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped, 0 blacklisted")
    sys.exit(failed > 0 or result.testsRun == 0)


if __name__ == "__main__":
    main()
