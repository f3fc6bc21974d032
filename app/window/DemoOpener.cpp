// SPDX-License-Identifier: Apache-2.0
#include "app/window/DemoOpener.h"

#include "app/session/Sample.h"
#include "app/session/Session.h"

namespace emend {

DemoOpener::DemoOpener(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
}

void DemoOpener::openSample()
{
    try {
        open({Sample::stackPath(), {}, ProjectStore::Mode::edit, true});
    } catch (const Error& error) {
        Q_EMIT m_session.failed(error.text());
    }
}

void DemoOpener::open(const OpenRequest& request)
{
    if (m_session.isBusy())
        return;
    // A file that cannot be opened must not leave something waiting for the next one.
    auto* waiting = new QObject(this);
    connect(&m_session, &Session::opened, waiting, [this, waiting] {
        waiting->deleteLater();
        predictWhenFree();
    });
    connect(&m_session, &Session::failed, waiting, &QObject::deleteLater);
    m_session.open(request);
}

void DemoOpener::predictWhenFree()
{
    if (!m_session.project()->prediction().isEmpty())
        return; // from the last time, with whatever was corrected since
    const auto predict = [this] {
        m_session.predict(SliceRange::all(m_session.project()->size().slices));
    };
    if (m_session.isBusy())
        connect(&m_session.jobs(), &JobRunner::idle, this, predict, Qt::SingleShotConnection);
    else
        predict();
}

} // namespace emend
