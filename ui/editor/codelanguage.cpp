// SPDX-FileCopyrightText: The Kindling developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codelanguage.h"

using namespace Qt::StringLiterals;

namespace kindling {

CodeLanguage languageOf(Kind kind)
{
    switch (kind) {
    case Kind::PySpark: return CodeLanguage::Python;
    case Kind::Spark: return CodeLanguage::Scala;
    case Kind::SparkR: return CodeLanguage::R;
    case Kind::Sql: return CodeLanguage::Sql;
    case Kind::Shared:
    case Kind::Unknown: break;
    }
    return CodeLanguage::Plain;
}

QString definitionName(CodeLanguage language)
{
    switch (language) {
    case CodeLanguage::Python: return u"Python"_s;
    case CodeLanguage::Scala: return u"Scala"_s;
    case CodeLanguage::R: return u"R Script"_s;
    case CodeLanguage::Sql: return u"SQL"_s;
    case CodeLanguage::Markdown: return u"Markdown"_s;
    case CodeLanguage::Json: return u"JSON"_s;
    case CodeLanguage::Plain: break;
    }
    return {};
}

} // namespace kindling
