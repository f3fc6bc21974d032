// SPDX-License-Identifier: Apache-2.0
// The whole window at work until it is killed: paints with the mouse, and says what its labels look
// like each time they are on the disk.
// WindowVictim STACK paint|learn|export
#include "tests/faults/LabelHash.h"
#include "tests/support/WindowDriver.h"
#include "widgets/theme/Theme.h"
#include "widgets/tools/ToolBox.h"
#include "widgets/view/VtkSurface.h"

#include <QStandardPaths>

#include <cstdio>
#include <random>

using namespace emend;

namespace {

/// Whatever runs long in the background begins anew as soon as it has ended.
void keepBusy(Session& session, const QString& work, const QString& stack)
{
    if (session.isBusy())
        return;
    if (work == QStringLiteral("learn")) {
        TrainingOptions options;
        options.steps = 20;
        options.batch = 1;
        session.learn(options);
    } else if (work == QStringLiteral("export")) {
        ExportRequest request;
        request.what = ExportRequest::What::classIndices;
        request.path = stack + QStringLiteral("-labels.tif");
        session.exportLabels(request);
    }
}

bool paintOn(MainWindow& window, const WindowDriver& driver, std::mt19937& random)
{
    const auto draw = [&random] {
        return 20 + int(random() % 216);
    };
    driver.view()->setSlice(int(random() % 3));
    driver.view()->toolBox()->setCurrentClass(1 + int(random() % 2));
    driver.stroke({{draw(), draw()}, {draw(), draw()}, {draw(), draw()}});
    ProjectStore& store = *window.session().store();
    const QByteArray line = labelHash(driver.project().labels()) + '\n';
    return store.flush() && std::fwrite(line.constData(), size_t(line.size()), 1, stdout) == 1 &&
           std::fflush(stdout) == 0;
}

} // namespace

int main(int argc, char** argv)
{
    VtkSurface::prepareApplication();
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("EmendTest"));
    QCoreApplication::setApplicationName(QStringLiteral("WindowVictim"));
    const QString stack = application.arguments().value(1);
    const QString work = application.arguments().value(2);
    Theme theme;
    MainWindow window(theme);
    const WindowDriver driver(window);
    QSignalSpy opened(&window.session(), &Session::opened);
    window.files().open(stack);
    if (!opened.wait(10000))
        return 1;
    std::mt19937 random(std::random_device{}());
    while (paintOn(window, driver, random)) {
        keepBusy(window.session(), work, stack);
        QTest::qWait(10);
    }
    return 1;
}
