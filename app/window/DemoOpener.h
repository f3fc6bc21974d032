// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace emend {

class Session;
struct OpenRequest;

/// Opens a stack and predicts all of it, so that there is something to correct at once.
class DemoOpener : public QObject
{
    Q_OBJECT

public:
    explicit DemoOpener(Session& session, QObject* parent = nullptr);

    /// The sample that comes with the program.
    void openSample();
    void open(const OpenRequest& request);

private:
    void predictWhenFree();

    Session& m_session;
};

} // namespace emend
