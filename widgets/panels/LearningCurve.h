// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace emend {

/// Loss and held-out score while a model learns, drawn as it comes.
class LearningCurve : public QWidget
{
    Q_OBJECT

public:
    struct Point
    {
        int step = 0;
        double loss = 0;
        std::optional<double> score; ///< 0..1
    };

    explicit LearningCurve(QWidget* parent = nullptr);

    /// An empty chart for that many steps.
    void start(int steps);

    /// There are fewer than was thought when it started.
    void setSteps(int steps);
    void add(const Point& point);

    const std::vector<Point>& points() const { return m_points; }

    int steps() const { return m_steps; }

    QSize sizeHint() const override { return {240, 128}; }

    QSize minimumSizeHint() const override { return {160, 72}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Axes;

    Axes axes() const;
    void drawAxes(QPainter& painter, const Axes& axes) const;
    void drawLegend(QPainter& painter) const;
    void drawLines(QPainter& painter, const Axes& axes) const;
    void describe();

    int m_steps = 0;
    std::vector<Point> m_points;
};

} // namespace emend
