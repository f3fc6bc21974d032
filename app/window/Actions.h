// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAction>
#include <QObject>

#include <array>
#include <span>

class QActionGroup;

namespace emend {

/// Everything the user can ask for from a menu or with a key.
enum class Do {
    openStack,
    openFolder,
    openSample,
    saveAs,
    saveCopy,
    repair,
    exportLabels,
    models,
    loadModel,
    saveModel,
    quit,
    undo,
    redo,
    confirmSlice,
    nextToCorrect,
    confirmPlace,
    voxelSize,
    zoomIn,
    zoomOut,
    zoomFit,
    zoomOne,
    previousSlice,
    nextSlice,
    firstSlice,
    lastSlice,
    showOverlay,
    showDoubt,
    automaticContrast,
    fullScreen,
    sectionOnly,
    themeSystem,
    themeDark,
    themeLight,
    brush,
    eraser,
    fill,
    polygon,
    smallerTool,
    largerTool,
    addClass,
    predictSlice,
    predictAll,
    showOtherModel,
    showModelDifference,
    leaveComparison,
    stop,
    learn,
    keys,
    about,
};

/// The one table of all actions: text, key, icon, object name, status tip.
///
/// Owned by the main window, which also holds every action, so that keys work while the menu bar
/// is hidden.
class Actions : public QObject
{
    Q_OBJECT

public:
    static constexpr int count = int(Do::about) + 1;
    static constexpr int classCount = 9; ///< classes that have a digit

    explicit Actions(QObject* parent = nullptr);

    QAction* operator[](Do id) const { return m_actions[size_t(id)]; }

    /// Chooses class 1 .. 9.
    QAction* chooseClass(int classIndex) const { return m_classes[size_t(classIndex - 1)]; }

    QList<QAction*> all() const;

    /// "Brush (B)": the action's text with its key, for tooltips.
    static QString describe(const QAction& action);

private:
    struct Row; // in Actions.cpp

    static std::span<const Row> table();
    void addClasses();
    void group(std::initializer_list<Do> ids, const char* objectName);

    std::array<QAction*, size_t(count)> m_actions{};
    std::array<QAction*, size_t(classCount)> m_classes{};
};

} // namespace emend
