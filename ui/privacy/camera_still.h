#pragma once

#include "estate/camera.h"
#include "ui/common/worker.h"
#include "ui/privacy/privacy_guard.h"
#include "video/full_picture.h"

#include <QImage>
#include <QObject>
#include <functional>

namespace leedswatch::ui {

/// The newest picture of a camera, for whoever draws on it: masked as any other, and fetched anew when its privacy
/// zones change.
class CameraStill final : public QObject {
    Q_OBJECT

public:
    /// Called on a worker's thread.
    using Source = std::function<base::Result<video::FullPicture>(const SharedMask&)>;

    CameraStill(PrivacyGuard& privacy, estate::CameraId camera, Source source, QObject* parent);

    /// Returns at once; `came` or `failed` follows.
    void load();

Q_SIGNALS:
    /// In its true shape. Null: the one that came before is not to be shown any more.
    void came(const QImage& still);
    void failed(const leedswatch::base::Error& error);

private:
    void loadIfMaskChanged();
    void fetch();

    PrivacyGuard& m_privacy;
    const estate::CameraId m_camera;
    const Source m_source;
    SharedMask m_mask;
    Worker m_worker;
};

}  // namespace leedswatch::ui
