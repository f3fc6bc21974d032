// SPDX-License-Identifier: Apache-2.0
#include "core/store/ProjectCheck.h"

#include "core/store/ProjectFile.h"
#include "core/store/ReadableCopy.h"
#include "core/store/TileCodec.h"

#include <QCoreApplication>

#include <set>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ProjectCheck", text);
}

/// What SQLite itself says; it does not look into the values.
QString structureOf(Database& database)
{
    Statement check(database, "PRAGMA quick_check(1)");
    const QString answer = check.step() ? check.text(0) : QString();
    return answer == QStringLiteral("ok") ? QString() : answer;
}

std::set<qint64> damagedTiles(Database& database, JobContext& job)
{
    std::set<qint64> damaged;
    const qint64 count = std::max<qint64>(1, database.number("SELECT count(*) FROM tile"));
    Statement all(database, "SELECT id, sum, data FROM tile");
    for (qint64 i = 0; all.step(); ++i) {
        if (i % 256 == 0) {
            job.checkCancelled();
            job.report(double(i) / double(count), tr("Looking at every tile"));
        }
        const QByteArray data = all.bytes(2);
        if (checksum(data, all.number(0)) != all.number(1) || !unpackedTile(data))
            damaged.insert(all.number(0));
    }
    return damaged;
}

/// Steps, predictions and models.
void countOtherDamage(ProjectFile& file, const ProjectContents& contents, CheckReport& report)
{
    const auto rows = [&file](const char* table) {
        return file.database().number(
            QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table)).toLatin1());
    };
    report.damagedSteps = rows("step") - qint64(contents.steps.size());
    for (const StepSummary& step : contents.steps) {
        try {
            file.edit(step.id, nullptr);
        } catch (const DatabaseError&) {
            ++report.damagedSteps;
        }
    }
    report.damagedModels = rows("model") - qint64(contents.models.size());
    for (int z = 0; z < contents.source.size.slices; ++z) {
        const auto slice = contents.prediction.storedSlice(z);
        if (slice && !file.prediction(slice->id()))
            ++report.damagedPredictions;
    }
}

} // namespace

CheckReport checkProject(const QString& path, JobContext& job)
{
    const ReadableCopy copy(path);
    ProjectFile file(copy.path(), Database::Access::readOnly);
    CheckReport report;
    try {
        report.structure = structureOf(file.database());
        std::set<qint64> damaged = damagedTiles(file.database(), job);
        const ProjectContents contents = file.read({});
        for (int z = 0; z < contents.source.size.slices; ++z) {
            for (const TileKey key : contents.labels.touchedTiles(z)) {
                ++report.tiles;
                const qint64 id = contents.labels.tile(key).stored().id();
                const bool isLost = damaged.erase(id) > 0 || !file.tile(id);
                if (isLost)
                    report.damaged.push_back(
                        {key, key.rect().intersected(contents.source.size.sliceRect())});
            }
        }
        report.damagedVersions = qint64(damaged.size());
        countOtherDamage(file, contents, report);
    } catch (const DatabaseError& error) {
        if (!error.isDamage())
            throw;
        if (report.structure.isEmpty())
            report.structure = tr("rows are missing or contradict each other");
    }
    return report;
}

} // namespace emend
