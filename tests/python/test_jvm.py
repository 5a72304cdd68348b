# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import types
import unittest
from unittest import mock

import jvm


class Conf(dict):
    def __init__(self, loadDefaults):
        super().__init__()

    def set(self, key, value):
        self[key] = value


class LaunchTest(unittest.TestCase):
    def launch(self, settings):
        shown = {}
        gateway = types.SimpleNamespace(Popen=None, launch_gateway=lambda conf: shown.update(conf) or "gateway")
        pyspark = types.SimpleNamespace(SparkConf=Conf, java_gateway=gateway)
        with mock.patch.dict(sys.modules, {"pyspark": pyspark, "pyspark.java_gateway": gateway}):
            launched, conf = jvm.launch(settings)
        self.assertEqual(launched, "gateway")
        return shown, conf

    def test_secrets_reach_spark_but_no_command_line(self):
        secrets = {"spark.hadoop.fs.azure.account.key.x": "1", "spark.hadoop.fs.s3a.secret.key": "2", "spark.ssl.keyPassword": "3",
                   "spark.hadoop.fs.s3a.access.key": "4", "spark.my.TOKEN": "5", "spark.hadoop.aws.accessKeyId": "6"}
        plain = {"spark.app.name": "n", "spark.driver.memory": "1g"}
        shown, conf = self.launch({**secrets, **plain})
        self.assertEqual(shown, plain)
        self.assertEqual(conf, {**secrets, **plain})


if __name__ == "__main__":
    unittest.main()
