# SPDX-License-Identifier: BSD-2-Clause
# A format of lit's: each program is a test, which passes if it exits with 0.

import lit.Test
import lit.formats
import lit.util


class Program(lit.formats.FileBasedTest):
    def getTestsInDirectory(self, suite, path, litConfig, localConfig):
        if path:
            return
        for name in sorted(filter(None, localConfig.vn_programs)):
            yield lit.Test.Test(suite, (name,), localConfig)

    def getTestsForPath(self, suite, path, litConfig, localConfig):
        if path[-1] in localConfig.vn_programs:
            yield lit.Test.Test(suite, path, localConfig)

    def execute(self, test, litConfig):
        out, err, status = lit.util.executeCommand(
            [test.getSourcePath()], cwd=test.config.test_exec_root,
            env=test.config.environment,
            timeout=litConfig.maxIndividualTestTime)
        if status != 0:
            return lit.Test.FAIL, "exit status %d\n%s%s" % (status, out, err)
        return lit.Test.PASS, ""
